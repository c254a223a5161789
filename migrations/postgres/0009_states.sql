-- States with their steps, and the codes of other columns, are kept by the server, too. The lists are those of the
-- program (`domain`: CARD_TABLE and its like); tests/integration/states.rs compares them. What notes are about, which
-- files were imported and what the log says is not listed here: no rule turns on it.
ALTER TABLE card ADD COLUMN changed_by TEXT;
ALTER TABLE card ADD COLUMN changed_at TIMESTAMPTZ;

ALTER TABLE card
    ADD CONSTRAINT card_state CHECK (state IN ('queued', 'held', 'drafted', 'exported', 'printed', 'dispatched',
        'returned', 'cancelled', 'spoiled', 'pulled')),
    ADD CONSTRAINT card_kind CHECK (kind IN ('viewing', 'login')),
    ADD CONSTRAINT card_cause CHECK (cause IN ('registered', 'display_on', 'reissue', 'request', 'without_request',
        'spoiled')),
    ADD CONSTRAINT card_reason CHECK (reason IN ('voluntary', 'withdrawn', 'no_employer', 'no_address', 'unprintable',
        'by_hand')),
    ADD CONSTRAINT card_dead_reason CHECK (dead_reason IN ('superseded', 'self_changed', 'display_off', 'member_lost',
        'number_changed', 'returned', 'by_hand'));
ALTER TABLE batch
    ADD CONSTRAINT batch_state CHECK (state IN ('draft', 'approved', 'exported', 'printed', 'dispatched', 'cancelled'));
ALTER TABLE request
    ADD CONSTRAINT request_state CHECK (state IN ('new', 'verifying', 'on_hold', 'queued', 'done', 'rejected')),
    ADD CONSTRAINT request_channel CHECK (channel IN ('phone', 'form', 'counter')),
    ADD CONSTRAINT request_kind CHECK (kind IN ('login_info', 'other'));
ALTER TABLE one_off_address
    ADD CONSTRAINT one_off_address_state CHECK (state IN ('proposed', 'approved', 'refused', 'withdrawn'));
ALTER TABLE batch_card
    ADD CONSTRAINT batch_card_left_as CHECK (left_as IN ('queued', 'held', 'drafted', 'exported', 'printed',
        'dispatched', 'returned', 'cancelled', 'spoiled', 'pulled'));
ALTER TABLE account
    ADD CONSTRAINT account_web_display CHECK (web_display IN ('wanted', 'not_wanted')),
    ADD CONSTRAINT account_closed_reason CHECK (closed_reason IN ('superseded', 'self_changed', 'display_off',
        'member_lost', 'number_changed', 'returned', 'by_hand'));
ALTER TABLE member
    ADD CONSTRAINT member_relation CHECK (relation IN ('insured', 'dependent')),
    ADD CONSTRAINT member_sex CHECK (sex IN ('1', '2')),
    ADD CONSTRAINT member_change_reason CHECK (change_reason IN ('voluntary', 'rehired', 'affiliate', 'other'));
ALTER TABLE portal_event
    ADD CONSTRAINT portal_event_kind CHECK (kind IN ('registered', 'web_display_on', 'web_display_off',
        'viewing_reissue', 'viewing_changed', 'login_password_changed', 'email_changed', 'question_changed',
        'mail_bounced', 'logged_in', 'points_applied'));
ALTER TABLE feed
    ADD CONSTRAINT feed_operation CHECK (operation IN ('activate', 'revoke', 'close')),
    ADD CONSTRAINT feed_kind CHECK (kind IN ('viewing', 'login'));
ALTER TABLE contact_note
    ADD CONSTRAINT contact_note_channel CHECK (channel IN ('phone', 'form', 'counter')),
    ADD CONSTRAINT contact_note_referred CHECK (referred IN ('medical', 'health'));
ALTER TABLE staff
    ADD CONSTRAINT staff_role CHECK (role IN ('clerk', 'supervisor', 'admin'));

CREATE FUNCTION refuse_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% cannot become %: %', OLD.state, NEW.state, TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER card_step BEFORE UPDATE OF state ON card FOR EACH ROW
WHEN (OLD.state <> NEW.state AND OLD.state || ' > ' || NEW.state NOT IN (
    'queued > held', 'queued > cancelled', 'queued > drafted', 'held > queued', 'held > cancelled',
    'drafted > queued', 'drafted > held', 'drafted > cancelled', 'drafted > exported', 'exported > queued',
    'exported > cancelled', 'exported > spoiled', 'exported > printed', 'printed > pulled', 'printed > dispatched',
    'dispatched > returned'))
EXECUTE FUNCTION refuse_step();
CREATE TRIGGER batch_step BEFORE UPDATE OF state ON batch FOR EACH ROW
WHEN (OLD.state <> NEW.state AND OLD.state || ' > ' || NEW.state NOT IN (
    'draft > approved', 'draft > cancelled', 'approved > exported', 'approved > cancelled', 'exported > printed',
    'exported > cancelled', 'printed > dispatched'))
EXECUTE FUNCTION refuse_step();
CREATE TRIGGER request_step BEFORE UPDATE OF state ON request FOR EACH ROW
WHEN (OLD.state <> NEW.state AND OLD.state || ' > ' || NEW.state NOT IN (
    'new > verifying', 'new > on_hold', 'new > rejected', 'new > done', 'verifying > queued', 'verifying > on_hold',
    'verifying > rejected', 'verifying > done', 'on_hold > verifying', 'on_hold > rejected', 'on_hold > done',
    'queued > done', 'queued > on_hold', 'done > on_hold'))
EXECUTE FUNCTION refuse_step();
CREATE TRIGGER one_off_address_step BEFORE UPDATE OF state ON one_off_address FOR EACH ROW
WHEN (OLD.state <> NEW.state AND OLD.state || ' > ' || NEW.state NOT IN (
    'proposed > approved', 'proposed > refused', 'proposed > withdrawn'))
EXECUTE FUNCTION refuse_step();
