"""Pure numbers: scores, thresholds, calibration, intervals. Nothing here reads a file or says a sentence."""
