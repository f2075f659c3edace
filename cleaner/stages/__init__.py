"""The stages. Each reads a document and yields marks; none of them edits."""
