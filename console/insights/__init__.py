"""The figures with which staff answer to their manager: one module a measure, only reading.

Each measure is a function (database, period, filters) -> figures. What counts is told in
docs/insights.md, and beside every chart.
"""
