"""What is kept between runs: fingerprints of code and rules, and reports of letters.

Nothing here imports a language engine, the rules or YAML: a run that finds all it needs is over
before they could be loaded.
"""
