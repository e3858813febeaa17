"""`python -m jobs`: the jobs process."""

from jobs.worker import main

if __name__ == "__main__":
    main()
