"""Sentences that letters share; reviewers who see a wording twice refuse both letters."""
