"""Multinomial logistic regression over features of which some are dense and most are not.

The same problem that scikit-learn's LogisticRegression solves. That one takes a single matrix, and
with the dense vectors in a sparse matrix it needs ten times as long for the same answer.
"""

from typing import Sequence, Tuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

_MOST_STEPS = 300
_SMALL_ENOUGH = 1e-6  # of the mean loss, in one step


def fit_softmax(
    sparse: csr_matrix, dense: np.ndarray, targets: Sequence[int], strength: float
) -> Tuple[np.ndarray, np.ndarray]:
    """Weights (sparse features first, then dense; one column a class) and biases, float32.

    targets: the class of each row, from 0 upwards, each at least once. strength: as scikit-learn's
    `C`, the weight of the data against the penalty on large weights; biases are free.
    """
    rows, split = sparse.shape
    features, classes = split + dense.shape[1], max(targets) + 1
    wanted = np.zeros((rows, classes), dtype=np.float32)
    wanted[np.arange(rows), targets] = 1
    backwards = sparse.T.tocsr()
    penalty = 1 / (strength * rows)

    def loss(flat: np.ndarray) -> Tuple[float, np.ndarray]:
        whole = flat.reshape(features + 1, classes)
        weights, bias = whole[:-1].astype(np.float32), whole[-1].astype(np.float32)
        scores = sparse @ weights[:split] + dense @ weights[split:] + bias
        scores -= scores.max(axis=1, keepdims=True)
        shares = np.exp(scores)
        totals = shares.sum(axis=1, keepdims=True)
        shares /= totals
        missed = float(np.log(totals).sum() - (scores * wanted).sum()) / rows
        error = (shares - wanted) / rows
        slope = np.empty_like(whole)
        slope[:split] = backwards @ error
        slope[split:-1] = dense.T @ error
        slope[:-1] += penalty * whole[:-1]
        slope[-1] = error.sum(axis=0)
        return missed + 0.5 * penalty * float((whole[:-1] ** 2).sum()), slope.ravel()

    found = minimize(
        loss,
        np.zeros((features + 1) * classes),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": _MOST_STEPS, "ftol": _SMALL_ENOUGH, "maxcor": 10},
    )
    whole = found.x.reshape(features + 1, classes).astype(np.float32)
    return whole[:-1], whole[-1]
