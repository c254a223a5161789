//! Lengths and areas on paper. Millimetres from the top left corner; type sizes in points.

/// Points in a millimetre.
pub(super) const PT_PER_MM: f32 = 72.0 / 25.4;

/// Millimetres in a point.
pub(super) const MM_PER_PT: f32 = 25.4 / 72.0;

/// A width and a height in mm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// Width, mm.
    pub width: f32,
    /// Height, mm.
    pub height: f32,
}

/// A rectangle in mm; `x` and `y` are its top left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// Left edge, mm from the left.
    pub x: f32,
    /// Upper edge, mm from the top.
    pub y: f32,
    /// Width, mm.
    pub width: f32,
    /// Height, mm.
    pub height: f32,
}

impl Area {
    /// The right edge, mm.
    pub fn right(&self) -> f32 {
        self.x + self.width
    }

    /// The lower edge, mm.
    pub fn bottom(&self) -> f32 {
        self.y + self.height
    }

    /// The same with a border of `by` mm around it.
    pub fn grown(&self, by: f32) -> Self {
        Self { x: self.x - by, y: self.y - by, width: self.width + 2.0 * by, height: self.height + 2.0 * by }
    }

    /// Whether `other` lies inside, with a tolerance of 0.01 mm.
    pub fn holds(&self, other: &Area) -> bool {
        const SLACK: f32 = 0.01;
        other.x >= self.x - SLACK
            && other.y >= self.y - SLACK
            && other.right() <= self.right() + SLACK
            && other.bottom() <= self.bottom() + SLACK
    }

    /// Whether the two share any surface.
    pub fn meets(&self, other: &Area) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }
}

/// The rotation of a panel on the flat sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rotation {
    /// Reads upright on the flat sheet.
    Upright,
    /// Upside down on the flat sheet, upright when folded.
    HalfTurn,
}
