"""The dialogue engine's own code: NLU components and the channel that speaks to the gateway.

It runs on Python 3.10 in the engine's environment and stands alone.
"""
