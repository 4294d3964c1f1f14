//! Small nets and batches → their slopes, held against differences of the loss; training twice.

use super::*;

const PLAN: Plan = Plan { rows: 20, input: 6, hidden: 5, arc: 4, rel: 3, tags: 4, labels: 3 };

fn batch(dice: &mut Dice) -> Batch {
    let samples: Vec<Sample> = (0..2)
        .map(|_| {
            let mut pick = |below: u64| dice.next() % below;
            Sample {
                ids: (0..4).map(|_| std::array::from_fn(|_| pick(20) as u32)).collect(),
                heads: vec![1, 4, 1, 0],
                rels: (0..4).map(|_| pick(3) as u8).collect(),
                tags: (0..4).map(|_| pick(4) as u8).collect(),
            }
        })
        .collect();
    Batch::of(&samples.iter().collect::<Vec<_>>())
}

/// The same seed gives the same bytes.
#[test]
fn training_again_gives_the_same_bytes() {
    let train = || {
        let mut dice = Dice(7);
        let mut model = Net::new(PLAN, [0.2; 3], &mut dice);
        let first = model.pack(&CLASSES, &[]);
        for _ in 0..30 {
            let batch = batch(&mut dice);
            model.pass(&batch, Way::Learn(&mut dice), &mut Hits::default(), &CLASSES);
            model.walk(&batch, 0.01);
        }
        let last = model.pack(&CLASSES, &[]);
        assert_ne!(first, last, "something was learned");
        last
    };
    assert_eq!(train(), train());
}

const CLASSES: [(Upos, u8); 4] = [(Upos::X, 0); 4];

/// Slopes by the way back against differences of the loss, in every part of the net.
#[test]
fn slopes_are_the_loss_s_own() {
    let mut dice = Dice(1);
    let mut model = Net::new(PLAN, [0.0; 3], &mut dice);
    for value in &mut model.body.values {
        *value += dice.chance() as f32 * 0.2 - 0.1;
    }
    let batch = batch(&mut dice);
    let loss = |model: &mut Net| {
        // Learning with nothing left out.
        model.body.slopes.fill(0.0);
        model.table.slopes.fill(0.0);
        f64::from(model.pass(&batch, Way::Whole, &mut Hits::default(), &CLASSES)) * 8.0
    };
    loss(&mut model);
    let (body, table) = (model.body.slopes.clone(), model.table.slopes.clone());
    let step = 2e-2;
    for range in PLAN.slots().parts() {
        let mut worst = 0.0_f64;
        for at in range.step_by(3) {
            let old = model.body.values[at];
            model.body.values[at] = old + step;
            let more = loss(&mut model);
            model.body.values[at] = old - step;
            let less = loss(&mut model);
            model.body.values[at] = old;
            worst = worst.max(((more - less) / f64::from(step) / 2.0 - f64::from(body[at])).abs());
        }
        assert!(worst < 0.05, "{worst}");
    }
    for at in (0..table.len()).step_by(7) {
        let old = model.table.values[at];
        model.table.values[at] = old + step;
        let more = loss(&mut model);
        model.table.values[at] = old - step;
        let less = loss(&mut model);
        model.table.values[at] = old;
        assert!(((more - less) / f64::from(step) / 2.0 - f64::from(table[at])).abs() < 0.01, "embedding {at}");
    }
}
