"""Weights fitted to data: of the verifier, and of the judge of answers."""
