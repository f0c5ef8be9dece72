"""Who a patient is: found, put right, made one, handed over, erased."""
