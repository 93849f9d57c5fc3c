from interviewer.interview.verify import Quote, Refusal, Rejected, quote_of, stands, verify

__all__ = ["Quote", "Refusal", "Rejected", "quote_of", "stands", "verify"]
