//! The life of a request.

use crate::domain::{coded, steps};

coded! {
    /// Where a request stands.
    pub enum RequestState {
        /// 新規
        New = "new",
        /// 確認中
        Verifying = "verifying",
        /// 保留, with a reason.
        OnHold = "on_hold",
        /// 発送待ち: its login notice is in the queue.
        Queued = "queued",
        /// 完了: the notice was dispatched or is not needed, or the request was merged into another.
        Done = "done",
        /// 却下, with a reason and a reply.
        Rejected = "rejected",
    }
}

coded! {
    /// What can happen to a request.
    pub enum RequestStep {
        /// 本人確認
        Verify = "verify",
        /// 発送待ちへ
        Queue = "queue",
        /// 保留
        Hold = "hold",
        /// 却下
        Reject = "reject",
        /// 回答: nothing is sent, because nothing is needed or another office answers.
        Answer = "answer",
        /// 統合
        Merge = "merge",
        /// Its card was dispatched.
        Dispatch = "dispatch",
        /// Its card was cancelled or pulled, or came back with a password that still counted: a clerk must look again.
        Reopen = "reopen",
        /// 回復済み: the portal tells that the member uses the login again (L4).
        Recover = "recover",
        /// 再開: a clerk takes a settled one up again, for a day.
        Resume = "resume",
    }
}

/// The life of a request, whole: from, step, to. What is not here cannot happen.
pub const REQUEST_TABLE: &[(RequestState, RequestStep, RequestState)] = {
    use RequestState as S;
    use RequestStep as T;
    &[
        (S::New, T::Verify, S::Verifying),
        (S::New, T::Hold, S::OnHold),
        (S::New, T::Reject, S::Rejected),
        (S::New, T::Answer, S::Done),
        (S::New, T::Merge, S::Done),
        (S::New, T::Recover, S::Done),
        (S::Verifying, T::Verify, S::Verifying),
        (S::Verifying, T::Queue, S::Queued),
        (S::Verifying, T::Hold, S::OnHold),
        (S::Verifying, T::Reject, S::Rejected),
        (S::Verifying, T::Answer, S::Done),
        (S::Verifying, T::Merge, S::Done),
        (S::Verifying, T::Recover, S::Done),
        (S::OnHold, T::Verify, S::Verifying),
        (S::OnHold, T::Reject, S::Rejected),
        (S::OnHold, T::Answer, S::Done),
        (S::OnHold, T::Merge, S::Done),
        (S::OnHold, T::Recover, S::Done),
        (S::Queued, T::Dispatch, S::Done),
        (S::Queued, T::Recover, S::Done),
        (S::Queued, T::Reopen, S::OnHold),
        (S::Queued, T::Resume, S::Verifying),
        (S::Done, T::Reopen, S::OnHold),
        (S::Done, T::Resume, S::Verifying),
        (S::Rejected, T::Resume, S::Verifying),
    ]
};

impl RequestState {
    /// Where the step leads, or nothing where the table has no such row.
    pub fn after(self, step: RequestStep) -> Option<Self> {
        steps::after(REQUEST_TABLE, self, step)
    }

    /// Waits for a clerk.
    pub const fn is_open(self) -> bool {
        match self {
            Self::New | Self::Verifying | Self::OnHold => true,
            Self::Queued | Self::Done | Self::Rejected => false,
        }
    }

    /// The inbox's order: what a clerk can do now, then what waits for an answer, then what waits for the post,
    /// then what is over. Within each, the oldest first.
    pub const fn turn(self) -> u8 {
        match self {
            Self::New | Self::Verifying => 0,
            Self::OnHold => 1,
            Self::Queued => 2,
            Self::Done | Self::Rejected => 3,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn q3_nothing_is_queued_before_it_was_verified() {
        let from: Vec<_> = RequestState::ALL.iter().filter(|s| s.after(RequestStep::Queue).is_some()).collect();
        assert_eq!(from, [&RequestState::Verifying]);
    }

    #[test]
    fn what_is_over_is_opened_by_its_card_or_a_clerk_alone() {
        let steps = |over: RequestState| RequestStep::ALL.iter().filter(move |step| over.after(**step).is_some());
        assert_eq!(steps(RequestState::Rejected).collect::<Vec<_>>(), [&RequestStep::Resume]);
        assert_eq!(steps(RequestState::Done).collect::<Vec<_>>(), [&RequestStep::Reopen, &RequestStep::Resume]);
    }

    #[test]
    fn q4_open_requests_can_be_merged_and_no_others() {
        for state in RequestState::ALL {
            assert_eq!(state.after(RequestStep::Merge).is_some(), state.is_open(), "{state:?}");
        }
    }

    #[test]
    fn q5_what_can_be_done_now_comes_first() {
        let mut states = RequestState::ALL.to_vec();
        states.sort_by_key(|state| state.turn());
        assert_eq!(states, RequestState::ALL);
    }
}
