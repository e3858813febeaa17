"""Whether the jobs run and the mail goes out, for administrators."""
