"""How numerical precision decides what happens at the edge of stability: a study, and the law that predicts it.

`problem` says what is run, `recording` runs it at one precision, `reference` finds a precision that is enough, `law`
predicts every other precision from that one run, `precision_runs` runs many at once, `diagram` covers step sizes and
precisions. `book.records.evaluation` tests the law on random problems.
"""
