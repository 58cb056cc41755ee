"""Weights: cell, rake, calibrate, trim; and the certificate that proves them."""
