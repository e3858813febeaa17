"""Mail providers: what each sends us of a mail, proven to be theirs and read, and what it needs to know of ours."""
