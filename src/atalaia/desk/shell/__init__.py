"""What every page stands in: layout, navigation, words, refusals, logs."""
