//! Moments of complete cases.

use super::block::{Cells, dot, total};
use super::layout::{Moments, count, pair, symmetric};

/// The moments of several variables over the rows in which none is missing, while rows are added.
#[derive(Debug, Clone, PartialEq)]
pub struct Joint {
    k: usize,
    /// The rows of whole numbers, with their sums and the sums of their products, exactly.
    n: u64,
    sums: Vec<i64>,
    products: Vec<i64>,
    /// The other rows.
    real: Moments,
}

impl Joint {
    /// No rows of `k` variables.
    #[must_use]
    pub fn new(k: usize) -> Self {
        let real = Moments { n: 0, means: vec![0.0; k], products: vec![0.0; k * (k + 1) / 2] };
        Self { k, n: 0, sums: vec![0; k], products: vec![0; k * (k + 1) / 2], real }
    }

    /// Adds a block of complete rows: a column for each variable.
    pub fn add(&mut self, columns: &[Cells]) {
        let rows = columns.first().map_or(0, Cells::len);
        let whole: Option<Vec<&[i16]>> = columns
            .iter()
            .map(
                |cells| {
                    if let Cells::Whole(values) = cells { Some(values.as_slice()) } else { None }
                },
            )
            .collect();
        match whole {
            Some(whole) => self.add_whole(rows as u64, &whole),
            None if rows > 0 => self.add_real(rows, columns),
            None => {}
        }
    }

    fn add_whole(&mut self, rows: u64, columns: &[&[i16]]) {
        self.n += rows;
        for (sum, column) in self.sums.iter_mut().zip(columns) {
            *sum += total(column);
        }
        for i in 0..self.k {
            for j in i..self.k {
                self.products[pair(self.k, i, j)] += dot(columns[i], columns[j]);
            }
        }
    }

    fn add_real(&mut self, rows: usize, columns: &[Cells]) {
        let (k, n) = (self.k, rows as u64);
        let values = |cells: &Cells| -> Vec<f64> {
            (0..rows).map(|row| cells.get(row).unwrap_or(0.0)).collect()
        };
        let mut columns: Vec<Vec<f64>> = columns.iter().map(values).collect();
        let means: Vec<f64> =
            columns.iter().map(|column| column.iter().sum::<f64>() / count(n)).collect();
        for (column, mean) in columns.iter_mut().zip(&means) {
            column.iter_mut().for_each(|value| *value -= mean);
        }
        let mut products = vec![0.0; self.real.products.len()];
        for i in 0..k {
            for j in i..k {
                products[pair(k, i, j)] =
                    columns[i].iter().zip(&columns[j]).map(|(x, y)| x * y).sum();
            }
        }
        merge(k, &mut self.real, &Moments { n, means, products });
    }

    /// Adds the rows of `other`, which has the same variables.
    pub fn merge(&mut self, other: &Self) {
        self.n += other.n;
        self.sums.iter_mut().zip(&other.sums).for_each(|(sum, more)| *sum += more);
        self.products.iter_mut().zip(&other.products).for_each(|(sum, more)| *sum += more);
        merge(self.k, &mut self.real, &other.real);
    }

    /// The moments of all rows so far.
    #[must_use]
    pub fn moments(&self) -> Moments {
        let mut all = self.of_whole();
        merge(self.k, &mut all, &self.real);
        let triangle = std::mem::take(&mut all.products);
        Moments { products: symmetric(self.k, |i, j| triangle[pair(self.k, i, j)]), ..all }
    }

    /// The moments of the rows of whole numbers, without cancellation: n · Σxy − Σx · Σy is exact.
    fn of_whole(&self) -> Moments {
        let (k, n) = (self.k, self.n.max(1));
        let mut products = vec![0.0; self.products.len()];
        for i in 0..k {
            for j in i..k {
                let at = pair(k, i, j);
                let deviation = i128::from(n) * i128::from(self.products[at])
                    - i128::from(self.sums[i]) * i128::from(self.sums[j]);
                products[at] = deviation as f64 / count(n);
            }
        }
        let means = self.sums.iter().map(|sum| *sum as f64 / count(n)).collect();
        Moments { n: self.n, means, products }
    }
}

/// Adds the rows of `other` to `all`: upper triangles of `k` variables, after Chan, Golub and LeVeque (1983).
fn merge(k: usize, all: &mut Moments, other: &Moments) {
    if other.n == 0 {
        return;
    }
    if all.n == 0 {
        *all = other.clone();
        return;
    }
    let (a, b) = (count(all.n), count(other.n));
    let apart: Vec<f64> = other.means.iter().zip(&all.means).map(|(b, a)| b - a).collect();
    for i in 0..k {
        for j in i..k {
            let at = pair(k, i, j);
            all.products[at] += other.products[at] + apart[i] * apart[j] * (a * b / (a + b));
        }
    }
    all.means.iter_mut().zip(&apart).for_each(|(mean, apart)| *mean += apart * (b / (a + b)));
    all.n += other.n;
}

#[cfg(test)]
mod tests {
    use super::{Cells, Joint};

    /// Deviates of whole numbers and of decimals, with a large mean.
    fn rows(decimals: bool) -> Vec<[f64; 3]> {
        let part = if decimals { 0.125 } else { 0.0 };
        (0..1000_u32)
            .map(|row| {
                let x = f64::from(row * 7919 % 101) - 50.0 + part;
                let y = f64::from(row * 104_729 % 97) - 40.0;
                [x, y, x - y]
            })
            .collect()
    }

    fn columns(rows: &[[f64; 3]], shift: f64) -> Vec<Cells> {
        (0..3).map(|at| Cells::of_numbers(rows.iter().map(|row| Some(row[at] + shift)))).collect()
    }

    #[test]
    fn moments_do_not_depend_on_how_rows_are_divided() {
        for (decimals, shift) in [(false, 0.0), (true, 0.0), (true, 1e7)] {
            let rows = rows(decimals);
            let mut whole = Joint::new(3);
            whole.add(&columns(&rows, shift));
            let mut parts = Joint::new(3);
            for part in rows.chunks(37) {
                let mut one = Joint::new(3);
                one.add(&columns(part, shift));
                parts.merge(&one);
            }
            let (one, other) = (whole.moments(), parts.moments());
            assert_eq!(one.n, other.n);
            for (x, y) in one.products.iter().zip(&other.products) {
                assert!((x - y).abs() <= 1e-9 * x.abs(), "{x} {y}");
            }
        }
    }

    #[test]
    fn whole_numbers_are_exact() {
        let mut joint = Joint::new(2);
        joint.add(&[Cells::Whole(vec![1, 2, 4]), Cells::Whole(vec![2, 2, 5])]);
        // Σx = 7, Σy = 9, Σx² = 21, Σxy = 26, Σy² = 33: deviations 21 − 49/3, 26 − 63/3, 33 − 81/3.
        let moments = joint.moments();
        assert_eq!(moments.products, [14.0 / 3.0, 5.0, 5.0, 6.0]);
        assert_eq!(moments.covariances(), [7.0 / 3.0, 2.5, 2.5, 3.0]);
    }
}
