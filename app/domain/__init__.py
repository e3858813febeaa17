"""The product's story, one room per chapter, in the order in which data flow."""
