"""What `scripts/train.py` is made of: data, folds, the models of HTML and of text."""
