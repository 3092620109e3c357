"""When it is due: the working calendar, the clock with its ledger of suspensions, verdicts. Pure: time is passed in."""
