"""A local Twilio and phones in the browser, to try and test without an account."""
