"""
Published for tests, here and elsewhere: a frozen clock, counting ids, builders, Hypothesis strategies for every domain
type, and the contract suite that every storage keeps.
"""
