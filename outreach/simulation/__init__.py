"""Time travel: a month of a clinic with patients who answer, ignore, cancel and take offers."""
