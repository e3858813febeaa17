"""Who stands in a file twice: by the number in the agency's own system, else by mail address or phone number."""

from collections.abc import Iterable, Iterator

from app.domain.candidates.importing.entry import Entry, Reason, Refusal


def once(items: Iterable[Entry | Refusal]) -> Iterator[Entry | Refusal]:
    """The rows, with whoever was in the file before refused; a row that is refused itself does not count.

    Two numbers of the agency's own system are two people, also when they share a phone or a mail address.
    """
    unnumbered: dict[int, int] = {}
    numbered: dict[int, int] = {}
    for item in items:
        if isinstance(item, Refusal):
            yield item
            continue
        keys = [hash(key) for key in item.keys]
        telling = [hash(item.own_number)] if item.own_number else keys
        before = [unnumbered[key] for key in keys if key in unnumbered]
        before += [numbered[key] for key in telling if key in numbered]
        if before:
            yield Refusal(item.line, Reason.TWICE, str(min(before)), item.cells)
            continue
        (numbered if item.own_number else unnumbered).update(dict.fromkeys(keys, item.line))
        yield item
