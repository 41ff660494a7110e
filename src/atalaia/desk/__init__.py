"""The desk: the web workbench where people write down what they agree on."""
