//! Response scales: which answers an item takes.

/// An answer format.
#[derive(Debug, Clone)]
pub struct ResponseScale {
    /// Its name in the file.
    pub name: String,
    /// What answers it takes.
    pub kind: ResponseKind,
}

/// The kinds of answer, each with what it needs.
#[derive(Debug, Clone, PartialEq)]
pub enum ResponseKind {
    /// One of several coded options.
    Coded {
        /// In printed order.
        options: Vec<ResponseOption>,
    },
    /// Any number of the options.
    SeveralChoice {
        /// In printed order.
        options: Vec<ResponseOption>,
    },
    /// A number.
    Numeric {
        /// Lowest allowed.
        min: Option<f64>,
        /// Highest allowed.
        max: Option<f64>,
        /// Decimal places recorded.
        decimals: u32,
    },
    /// A mark on a line.
    VisualAnalogue {
        /// The number at the low end.
        min: f64,
        /// The number at the high end.
        max: f64,
        /// Decimal places recorded.
        decimals: u32,
    },
    /// Yes (1) or no (0).
    YesNo,
    /// Free text.
    Text {
        /// Lines to write on.
        lines: u32,
    },
    /// A calendar date.
    Date,
    /// A clock time, scored as minutes since midnight.
    Time,
}

/// One coded answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseOption {
    /// The number coded, before keying.
    pub value: i64,
    /// The word for it in formulas and data.
    pub code: Option<String>,
    /// Whether choosing it counts as not having answered.
    pub non_response: bool,
}

impl ResponseScale {
    /// The coded options, empty for formats without any.
    #[must_use]
    pub fn options(&self) -> &[ResponseOption] {
        match &self.kind {
            ResponseKind::Coded { options } | ResponseKind::SeveralChoice { options } => options,
            _ => &[],
        }
    }

    /// The values a score can be made of, ascending, where they are few: non-response options left out.
    #[must_use]
    pub fn scored_values(&self) -> Option<Vec<i64>> {
        match &self.kind {
            ResponseKind::Coded { options } => {
                let mut values: Vec<i64> =
                    options.iter().filter(|o| !o.non_response).map(|o| o.value).collect();
                values.sort_unstable();
                Some(values)
            }
            ResponseKind::YesNo => Some(vec![0, 1]),
            _ => None,
        }
    }

    /// The lowest and highest scored value, where a score can be made of the answers and both ends are declared.
    #[must_use]
    pub fn bounds(&self) -> Option<(f64, f64)> {
        match &self.kind {
            ResponseKind::Numeric { min, max, .. } => Some(((*min)?, (*max)?)),
            ResponseKind::VisualAnalogue { min, max, .. } => Some((*min, *max)),
            ResponseKind::Time => Some((0.0, LAST_MINUTE)),
            _ => {
                let values = self.scored_values()?;
                #[expect(
                    clippy::cast_precision_loss,
                    reason = "coded values are within ±1,000,000"
                )]
                let bounds = (*values.first()? as f64, *values.last()? as f64);
                Some(bounds)
            }
        }
    }
}

/// The minutes since midnight of the last clock time of a day.
const LAST_MINUTE: f64 = 1439.0;

impl ResponseScale {
    /// An answer that reversal, lowest + highest − answer, would turn into none of the answers there are.
    #[must_use]
    pub fn irreversible(&self) -> Option<f64> {
        let values = self.scored_values()?;
        // Of options that share a value nothing follows: that is told by itself.
        if values.windows(2).any(|pair| pair[0] == pair[1]) {
            return None;
        }
        let ends = values.first()? + values.last()?;
        let stray = values.iter().find(|&&value| values.binary_search(&(ends - value)).is_err())?;
        #[expect(clippy::cast_precision_loss, reason = "coded values are within ±1,000,000")]
        Some(*stray as f64)
    }

    /// The coded value of the option whose word is `code`.
    #[must_use]
    pub fn coded(&self, code: &str) -> Option<i64> {
        self.options().iter().find(|o| o.code.as_deref() == Some(code)).map(|o| o.value)
    }

    /// Whether `answer` is one of the coded answers this scale takes, non-response options included.
    ///
    /// # Errors
    ///
    /// When it is not: what the answers are, as a clause.
    pub fn accepts(&self, answer: f64) -> Result<(), String> {
        match &self.kind {
            ResponseKind::Coded { options } | ResponseKind::SeveralChoice { options } => {
                #[expect(
                    clippy::cast_precision_loss,
                    reason = "coded values are within ±1,000,000"
                )]
                #[expect(clippy::float_cmp, reason = "both are whole numbers, held exactly")]
                let known = options.iter().any(|option| option.value as f64 == answer);
                if known { Ok(()) } else { Err(self.listed(options)) }
            }
            ResponseKind::YesNo if answer == 0.0 || answer == 1.0 => Ok(()),
            ResponseKind::YesNo => Err("yes is coded 1 and no 0".to_owned()),
            ResponseKind::Numeric { min, max, decimals } => within(answer, *min, *max, *decimals),
            ResponseKind::VisualAnalogue { min, max, decimals } => {
                within(answer, Some(*min), Some(*max), *decimals)
            }
            ResponseKind::Time => within(answer, Some(0.0), Some(LAST_MINUTE), 0)
                .map_err(|why| format!("it is the minutes since midnight, and {why}")),
            ResponseKind::Text { .. } | ResponseKind::Date => {
                Err(format!("`{}` takes no numbers", self.name))
            }
        }
    }
}

impl ResponseScale {
    /// Which answers there are; of very many, the first and the last.
    fn listed(&self, options: &[ResponseOption]) -> String {
        let values: Vec<String> = options.iter().map(|option| option.value.to_string()).collect();
        let list = match values.as_slice() {
            [first @ .., last] if values.len() > 40 => {
                format!("{}, …, {last}", first[..20].join(", "))
            }
            all => all.join(", "),
        };
        format!("the answers of `{}` are {list}", self.name)
    }
}

fn within(answer: f64, min: Option<f64>, max: Option<f64>, decimals: u32) -> Result<(), String> {
    let scaled = answer * 10_f64.powi(i32::try_from(decimals).unwrap_or(6));
    if min.is_some_and(|min| answer < min) {
        return Err(format!("the lowest answer is {}", min.unwrap_or_default()));
    }
    if max.is_some_and(|max| answer > max) {
        return Err(format!("the highest answer is {}", max.unwrap_or_default()));
    }
    if !answer.is_finite() || (scaled - scaled.round()).abs() > 1e-6 {
        return Err(match decimals {
            0 => "answers are whole numbers".to_owned(),
            1 => "answers have at most one decimal".to_owned(),
            more => format!("answers have at most {more} decimals"),
        });
    }
    Ok(())
}
