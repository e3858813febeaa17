"""The follow-up block: the queue, one candidate at a time, and a queue to practise with."""
