"""The texts for the documents of a consultation: shipped, written by a service, filled, made a document."""
