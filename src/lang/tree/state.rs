//! Where a parse stands: a stack, what is still to be read, and the arcs made so far.
//!
//! The arc-eager system of Nivre (2003), with the root behind the last word (Ballesteros & Nivre 2013): each word is pushed
//! once (shift, right) and popped once (left, reduce), so a sentence of n words takes exactly 2n moves.

/// No word.
pub const NONE: u16 = u16::MAX;

/// A kind of move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Move {
    Shift,
    Reduce,
    /// The top of the stack hangs on the next word.
    Left,
    /// The next word hangs on the top of the stack.
    Right,
}

/// What one word has gathered. Labels are numbers of relations.
#[derive(Clone, Copy, Debug)]
pub struct Arcs {
    pub head: u16,
    /// Leftmost and second leftmost dependant on the left, rightmost and second rightmost on the right.
    pub left: [u16; 2],
    pub right: [u16; 2],
    pub label: u8,
    pub lefts: u8,
    pub rights: u8,
    /// Sets of labels on each side, as bits.
    pub left_set: u64,
    pub right_set: u64,
}

const FREE: Arcs =
    Arcs { head: NONE, left: [NONE; 2], right: [NONE; 2], label: 255, lefts: 0, rights: 0, left_set: 0, right_set: 0 };

/// A parse under way. Word `arcs.len()` is the root.
#[derive(Clone, Debug, Default)]
pub struct State {
    pub stack: Vec<u16>,
    /// The next word to read.
    pub next: u16,
    pub arcs: Vec<Arcs>,
}

impl State {
    /// Begins a sentence of `words` words (fewer than 65,535; a sentence has at most 10,000 characters).
    pub fn begin(&mut self, words: usize) {
        self.stack.clear();
        self.next = 0;
        self.arcs.clear();
        self.arcs.resize(words, FREE);
    }

    #[must_use]
    pub fn is_final(&self) -> bool {
        self.stack.is_empty() && usize::from(self.next) == self.arcs.len()
    }

    /// The word `depth` places below the top of the stack.
    #[inline]
    #[must_use]
    pub fn top(&self, depth: usize) -> u16 {
        self.stack.len().checked_sub(depth + 1).map_or(NONE, |at| self.stack[at])
    }

    #[inline]
    #[must_use]
    pub fn allows(&self, step: Move) -> bool {
        let more = usize::from(self.next) < self.arcs.len();
        let top = self.top(0);
        match step {
            Move::Shift => more,
            Move::Right => more && top != NONE,
            Move::Left => top != NONE && self.arcs[usize::from(top)].head == NONE,
            Move::Reduce => top != NONE && self.arcs[usize::from(top)].head != NONE,
        }
    }

    /// Makes a move that is allowed.
    pub fn make(&mut self, step: Move, label: u8) {
        let top = self.top(0);
        match step {
            Move::Shift => {
                self.stack.push(self.next);
                self.next += 1;
            }
            Move::Reduce => {
                self.stack.pop();
            }
            Move::Left => {
                self.stack.pop();
                let dependant = &mut self.arcs[usize::from(top)];
                dependant.head = self.next;
                dependant.label = label;
                if let Some(head) = self.arcs.get_mut(usize::from(self.next)) {
                    head.left[1] = head.left[0];
                    head.left[0] = top;
                    head.lefts += u8::from(head.lefts < 200);
                    head.left_set |= 1 << (label & 63);
                }
            }
            Move::Right => {
                let next = self.next;
                let dependant = &mut self.arcs[usize::from(next)];
                dependant.head = top;
                dependant.label = label;
                let head = &mut self.arcs[usize::from(top)];
                head.right[1] = head.right[0];
                head.right[0] = next;
                head.rights += u8::from(head.rights < 200);
                head.right_set |= 1 << (label & 63);
                self.stack.push(next);
                self.next += 1;
            }
        }
    }
}
