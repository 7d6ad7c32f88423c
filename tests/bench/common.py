"""The key of tests/bench/alliance36: the reversed items, and the items of each scale."""
REVERSED = {1, 3, 7, 9, 10, 11, 12, 15, 20, 27, 29, 31, 33, 34}
SCALES = {
    "task": [2, 4, 7, 8, 11, 13, 15, 16, 18, 24, 31, 35],
    "bond": [1, 5, 17, 19, 20, 21, 23, 26, 28, 29, 34, 36],
    "goal": [3, 6, 9, 10, 12, 14, 22, 25, 27, 30, 32, 33],
}
NEED = 10  # 80 % of twelve
