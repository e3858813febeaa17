"""Recognition: badges, levels, kudos, and the sponsor's surprise."""
