//! Places on a page: the transformations that content streams speak in.

/// A transformation, its six numbers by the letters of the PDF specification.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix {
    a: f32,
    b: f32,
    c: f32,
    d: f32,
    e: f32,
    f: f32,
}

impl Matrix {
    /// Leaves everything where it is.
    pub(super) const IDENTITY: Self = Self::new([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// From its six numbers.
    #[expect(clippy::many_single_char_names, reason = "their names in the specification")]
    pub(super) const fn new([a, b, c, d, e, f]: [f32; 6]) -> Self {
        Self { a, b, c, d, e, f }
    }

    /// Moves by so much.
    pub(super) const fn shift(x: f32, y: f32) -> Self {
        Self::new([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// This, then the other.
    pub(super) fn then(self, other: Self) -> Self {
        Self {
            a: self.a * other.a + self.b * other.c,
            b: self.a * other.b + self.b * other.d,
            c: self.c * other.a + self.d * other.c,
            d: self.c * other.b + self.d * other.d,
            e: self.e * other.a + self.f * other.c + other.e,
            f: self.e * other.b + self.f * other.d + other.f,
        }
    }

    /// Where a point goes.
    pub(super) fn point(self, x: f32, y: f32) -> (f32, f32) {
        (x * self.a + y * self.c + self.e, x * self.b + y * self.d + self.f)
    }

    /// How much it stretches upwards: the factor of a font's size.
    pub(super) fn height(self) -> f32 {
        self.c.hypot(self.d)
    }

    /// The direction in which writing goes, in quarters of a turn anticlockwise; `None` if it is slanted.
    pub(super) fn quarter(self) -> Option<u8> {
        let length = self.a.hypot(self.b);
        if self.a.abs() > length * 0.99 {
            Some(if self.a >= 0.0 { 0 } else { 2 })
        } else if self.b.abs() > length * 0.99 {
            Some(if self.b > 0.0 { 1 } else { 3 })
        } else {
            None
        }
    }
}
