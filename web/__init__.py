"""What the surfaces share: who may do what, live state, errors, languages, the page frame."""
