"""What we owe people: merge, access, retention, erasure, and the undo of an import."""
