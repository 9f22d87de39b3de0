"""Who may read along, and whom to ask: the one place that decides whether an organisation gets something.

`gevers` and `leeftijd` are derived from facts alone (age, gezag, a day); `meelezen` puts them beside what was
recorded. Whatever gives an organisation something asks `meelezen`: links, mail, the page behind a link, fixing a
version.
"""
