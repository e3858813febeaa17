"""The rows of the suite, B1 to B15, each with the scripts that measure it."""

from tests.bench import (
    board,
    board_redis,
    closed_loop,
    contact_next,
    first_load,
    ingest,
    log_action,
    log_growth,
    log_http,
    mails,
    open_loop,
    pages,
    queue,
    score,
    score_quality,
    standings,
    startup,
)
from tests.bench.figure import Entry

ENTRIES = (
    Entry("B1", "log an action, in process, all rules", (log_action.b1,)),
    Entry("B2", "log an action over HTTP", (log_http.b2,)),
    Entry("B3", "board of 10,000 people, 5,000,000 rows", (board.b3, board_redis.b3)),
    Entry("B4", "Today and the board, whole pages", (pages.b4,)),
    Entry("B5", "contact next among 1,000,000 candidates", (contact_next.b5,)),
    Entry("B6", "touchpoint to cell to score", (score.b6,)),
    Entry("B7", "ingest over HTTP", (ingest.b7,)),
    Entry("B8", "scores and standings anew", (score.b8, standings.b8)),
    Entry("B9", "100 writes and 100 reads a second for 30 s", (open_loop.b9,)),
    Entry("B10", "a new week at 10,000 members", (board.b10,)),
    Entry("B11", "10,000 weekly mails", (mails.b11,)),
    Entry("B12", "memory and start", (startup.b12,)),
    Entry("B13", "growth", (log_growth.b13, board.b13, contact_next.b13)),
    Entry("B14", "in a browser", (queue.b14, first_load.b14)),
    Entry("B15", "quality of the score and of the priority", (score_quality.b15, closed_loop.b15)),
)
