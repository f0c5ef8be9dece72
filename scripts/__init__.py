"""Setting the house up, with nothing but the standard library of any Python from 3.8 on."""
