//! Weights of features that are known by a hash only.
//!
//! A file of weights is: `OQW1`; how many bits of the hash are used (one byte); the scale (`f32`, little endian); the number
//! of entries (`u32`, little endian); then for each entry, ascending, the distance of its slot from the one before (seven
//! bits a byte, the lowest first, the highest bit says that more follow) and its weight in units of the scale (`i8`).

/// How many bits of a hash choose the slot.
const BITS: u32 = 22;
const MAGIC: &[u8] = b"OQW1";
/// What one step of a stored weight is worth.
const SCALE: f32 = 1.0 / 24.0;

/// Where the weight of a feature comes from.
pub(super) trait Weigh {
    /// The weight of a feature.
    fn weight(&self, feature: u32) -> f32;
}

/// A feature: a template and what it saw.
pub(super) fn feature(template: u32, a: u32, b: u32) -> u32 {
    let mut hash = (template + 1).wrapping_mul(0x9E37_79B1) ^ a;
    hash = (hash ^ (hash >> 15)).wrapping_mul(0x85EB_CA6B) ^ b;
    hash = (hash ^ (hash >> 13)).wrapping_mul(0xC2B2_AE35);
    hash ^ (hash >> 16)
}

/// Two things seen, as one.
pub(super) fn both(a: u32, b: u32) -> u32 {
    (a ^ (a >> 15)).wrapping_mul(0x2C1B_3C6D).wrapping_add(b).wrapping_mul(0x297A_2D39)
}

fn slot(feature: u32) -> usize {
    (feature.wrapping_mul(0x9E37_79B1) >> (32 - BITS)) as usize
}

/// Weights as they are used.
pub(super) struct Weights {
    steps: Vec<i8>,
}

impl Weights {
    /// Reads a file of weights; what cannot be read weighs nothing.
    pub fn read(bytes: &[u8]) -> Self {
        let mut steps = vec![0_i8; 1 << BITS];
        let header = MAGIC.len() + 1 + 4 + 4;
        let mut rest = bytes.get(header..).unwrap_or_default().iter().copied();
        let mut at = 0_usize;
        if bytes.starts_with(MAGIC) && bytes.get(MAGIC.len()) == Some(&(BITS as u8)) {
            while let Some(distance) = read_distance(&mut rest) {
                at += distance;
                let Some(step) = rest.next() else { break };
                if let Some(slot) = steps.get_mut(at) {
                    *slot = step.cast_signed();
                }
            }
        }
        Self { steps }
    }
}

impl Weigh for Weights {
    fn weight(&self, feature: u32) -> f32 {
        f32::from(self.steps.get(slot(feature)).copied().unwrap_or_default()) * SCALE
    }
}

fn read_distance(bytes: &mut impl Iterator<Item = u8>) -> Option<usize> {
    let mut distance = 0_usize;
    for shift in [0, 7, 14, 21] {
        let byte = bytes.next()?;
        distance |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(distance);
        }
    }
    None
}

/// Weights while they are learnt (`AdaGrad`).
pub(super) struct Learner {
    weights: Vec<f32>,
    squares: Vec<f32>,
    sums: Vec<f32>,
    kept: u16,
    seen: Vec<u8>,
    least: u8,
    rate: f32,
    decay: f32,
}

impl Learner {
    /// Nothing learnt yet. Features noted fewer than `least` times stay unknown.
    pub fn new(rate: f32, decay: f32, least: u8) -> Self {
        let size = 1 << BITS;
        Self {
            weights: vec![0.0; size],
            squares: vec![0.0; size],
            sums: vec![0.0; size],
            kept: 0,
            seen: vec![0; size],
            least,
            rate,
            decay,
        }
    }

    /// Notes that a feature occurs in what is right.
    pub fn note(&mut self, feature: u32) {
        if let Some(seen) = self.seen.get_mut(slot(feature)) {
            *seen = seen.saturating_add(1);
        }
    }

    /// Moves a weight up the slope.
    pub fn learn(&mut self, feature: u32, slope: f32) {
        let at = slot(feature);
        let (Some(weight), Some(square), Some(seen)) =
            (self.weights.get_mut(at), self.squares.get_mut(at), self.seen.get(at))
        else {
            return;
        };
        if *seen < self.least {
            return;
        }
        let slope = slope - self.decay * *weight;
        *square += slope * slope;
        *weight += self.rate * slope / (square.sqrt() + 1e-3);
    }

    /// Remembers the weights as they are now, for the mean of them.
    pub fn keep(&mut self) {
        self.kept += 1;
        for (sum, weight) in self.sums.iter_mut().zip(&self.weights) {
            *sum += weight;
        }
    }

    /// Goes from the last weights to the mean of those that were kept: it wavers less.
    pub fn settle(&mut self) {
        let kept = f32::from(self.kept.max(1));
        for (weight, sum) in self.weights.iter_mut().zip(&self.sums) {
            *weight = sum / kept;
        }
    }

    /// The file of these weights; those that round to nothing are left out.
    pub fn write(&self, smallest: f32) -> Vec<u8> {
        let mut entries = Vec::new();
        let mut count = 0_u32;
        let mut before = 0;
        for (at, weight) in self.weights.iter().enumerate() {
            let step = (weight / SCALE).round().clamp(-127.0, 127.0) as i8;
            if weight.abs() < smallest || step == 0 {
                continue;
            }
            write_distance(at - before, &mut entries);
            entries.push(step.cast_unsigned());
            before = at;
            count += 1;
        }
        let mut file = MAGIC.to_vec();
        file.push(BITS as u8);
        file.extend(SCALE.to_le_bytes());
        file.extend(count.to_le_bytes());
        file.extend(entries);
        file
    }
}

impl Weigh for Learner {
    fn weight(&self, feature: u32) -> f32 {
        self.weights.get(slot(feature)).copied().unwrap_or_default()
    }
}

fn write_distance(mut distance: usize, file: &mut Vec<u8>) {
    while distance > 0x7f {
        file.push((distance & 0x7f) as u8 | 0x80);
        distance >>= 7;
    }
    file.push(distance as u8);
}
