"""Weights fitted to data: of an answer's confidence, and of the verifier's log-probabilities."""
