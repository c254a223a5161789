//! What an approver looks at before a batch binds.

use super::batches::list;
use super::fixtures::batch_view;
use crate::domain::{BatchState, Role};
use crate::labels::Lang;
use crate::tui::screens::batches::requests::ShowBatch;

#[test]
fn b11_a_review_without_room_says_that_there_is_more() {
    let mut view = batch_view(BatchState::Draft);
    let members: Vec<String> = (1..=4).map(|number| format!("260-{number}-00")).collect();
    let review = view.review.as_mut().unwrap();
    review.twice = members.clone();
    review.leftovers = members.iter().map(|member| (member.clone(), "B20261120-001".to_owned())).collect();
    for (size, is_cut) in [((80, 24), true), ((120, 36), false)] {
        let mut rig = list(Lang::Ja, size, Role::Supervisor);
        rig.keys("<Enter>").reply::<ShowBatch>(Box::new(view.clone()));
        let screen = rig.screen();
        assert!(screen.contains("作成者が自分で依頼した"), "what wants attention comes first: {screen}");
        assert_eq!(screen.contains("画面を広げるか"), is_cut, "{screen}");
        assert_eq!(screen.contains("依頼                      ポータル"), !is_cut, "{screen}");
    }
}
