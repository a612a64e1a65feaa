//! How an English wording is put: by any past tense in it, and by its first word.

use super::ko::is_hangul;
use super::lexicon::Lexicon;

/// Past tenses and participles without -ed.
static IRREGULAR: Lexicon = Lexicon::of(
    "arisen arose ate awoke became been began begun bent bitten blew blown bought bound bred broke broken brought built \
     burnt came caught chose chosen clung crept dealt did done drank drawn drew driven drove drunk dug eaten fallen fed fell \
     felt fled flew flown forbidden forgiven forgot forgotten fought found froze frozen gave given gone got gotten grew \
     grown heard held hid hidden hung kept knew known laid led left lent lit lost made meant met mistaken outdone overdue \
     overridden overrode overtaken paid proven ran rang ridden rebuilt redone remade resent retaken rewritten risen rode rose \
     rung said sank sat seen sent shaken shot shown shrunk slept slid sold sought spent spoke spoken spun stole stolen stood \
     stuck struck stung sung sunk swam swept swore sworn swung taken taught thrown threw told took tore torn undergone \
     understood underwent undone unpaid unsent unsold unsolved unverified upheld went withdrawn withdrew withheld woke woken \
     won wore worn wove woven written wrote",
);
/// Verbs whose past looks like themselves: past unless they come first.
static UNCHANGED: Lexicon = Lexicon::of(
    "bid broadcast burst cast cost cut hit hurt let offset put quit read reset set shed shut split spread thrust upset",
);
/// What an irregular verb may begin with and stay irregular: overslept, underwritten, resold.
const BEFORE_IRREGULAR: [&str; 6] = ["over", "under", "out", "re", "un", "mis"];
/// Words that look like a past tense and are none.
static NO_PAST: Lexicon = Lexicon::of(
    "bed bleed breed embed exceed feed deed greed hundred indeed med need newsfeed proceed red reed seed shed shred sled speed \
     steed succeed unlimited weed wed led biped moped sacred naked infrared outbound \
     rebound",
);

/// First words that ask for a deed and are hardly ever nouns.
static VERBS: Lexicon = Lexicon::of(
    "accept accrue acknowledge activate add adjust admit adopt allocate allow analyse analyze announce apply appoint approve \
     archive arrange ask assemble assess assign attach authorise authorize begin block borrow bring build buy calculate cancel \
     capture check choose clean clear close collect commit compare compile complete compute configure confirm connect consume \
     convert create deactivate decide declare decline decrease define delete deliver deny deposit destroy detect determine \
     disable disburse discard discharge disconnect discontinue dispatch download edit enable enrol enroll enter escalate \
     evaluate execute expire extend extract fetch fill finalise finalize find finish fix forward freeze fulfil fulfill \
     generate get give grade handle hide hire identify import include increase inform initiate insert inspect install invite \
     join keep launch lend link lock lower maintain make mark match merge migrate modify move negotiate notify obtain open \
     pack page pause pay perform pick plan prepare prescribe proceed process produce promote propose provide publish pull push \
     put raise reactivate receive recommend reconcile record reduce refuse register reject release relocate remind remove \
     rename renew repay replace reply require reschedule reserve reset resolve respond restock resume retrieve retry revoke \
     scan select sell send serve set settle share sign start stop store submit subscribe suspend swap switch take tell \
     terminate transfer transport trigger try turn unblock unlock unsubscribe update upgrade upload use validate verify visit \
     warn weigh withdraw withhold write",
);
/// Deeds that are the names of things as well.
static VERBS_OR_NOUNS: Lexicon = Lexicon::of(
    "address attempt audit balance ban bill bid book call change charge claim comment contact contract credit debit delay \
     demand deploy design discount dispute display document draft exchange estimate exercise feature file filter finance fine \
     flag fund grant group guarantee hand hold host increment inquiry invoice issue label lease list load loan log look mail \
     map measure message monitor name note offer onboard order package park patch place post press price print program \
     purchase query question quote rank rate rebook refund rent repair report request research return review reward route run \
     sample save schedule score seal search ship show sort sponsor stage state stock supply support survey tag target tax test \
     top track trade train treat view void vote wait waive watch wire",
);
static VERB_ENDINGS: Lexicon = Lexicon::of("ize ise ify");
static NO_VERBS: Lexicon = Lexicon::of(
    "enterprise merchandise premise expertise exercise franchise size prize promise surprise noise precise otherwise",
);

/// What makes a participle a present.
static PRESENT: Lexicon = Lexicon::of("is are gets get be");

/// What people are called.
static PEOPLE: Lexicon = Lexicon::of(
    "accountant adjuster admin administrator adult adviser advisor agent ambassador analyst applicant approver architect \
     assistant associate auditor author baker banker beneficiary bidder boss broker builder bursar buyer candidate captain \
     caretaker carer cashier chef child claimant cleaner clerk client coach consultant controller cook coordinator counsellor \
     courier creator crew curator customer dean dentist department designer developer director dispatcher doctor donor driver \
     editor employee employer engineer examiner executive expert facilitator family farmer friend grader guard guardian guest \
     helper holder host housekeeper individual inspector instructor insured intern investigator investor janitor judge keeper \
     landlord lawyer lead leader learner lecturer lender librarian maker manager mechanic member mentor merchant moderator \
     neighbour nurse observer officer operator organiser organizer owner packer painter parent participant partner passenger \
     patient patron payer payee person pharmacist physician picker pilot planner player policyholder porter principal professor \
     programmer publisher purchaser radiologist reader receiver recipient receptionist recruiter referee registrar \
     representative requester resident reviewer rider salesman scheduler secretary seller sender shipper shopper specialist \
     sponsor staff steward stocker storekeeper student subscriber supervisor surgeon taxpayer teacher team technician teller \
     tenant tester therapist trader trainee trainer traveler traveller treasurer tutor underwriter user visitor volunteer \
     waiter waitress worker writer hr somebody someone anyone people",
);

/// Endings of those who do something, and things that end so too.
static DOERS: Lexicon = Lexicon::of("er or ee ist ian");
static NO_DOERS: Lexicon = Lexicon::of(
    "order number paper offer transfer letter voucher ledger folder reminder register counter filter container trailer header \
     server printer parameter quarter center matter power tender sticker banner buffer chapter cover locker charter computer \
     barrier layer meter timer trigger tracker freezer cylinder border helicopter semester master poster cluster water answer \
     dinner burger weather tier wrapper charger scooter router scanner paver over under after vector error sensor door floor color favor \
     motor indicator monitor mirror elevator calculator factor behavior labor generator fee coffee committee guarantee \
     tree degree list gateway either other corner newspaper river winter summer december never carrier supplier insurer \
     manufacturer processor provider mailer",
);

/// What systems and companies are called, by their last word.
static SYSTEMS: Lexicon = Lexicon::of(
    "system systems gateway api service services server provider platform network bank processor authority terminal printer \
     machine sensor scanner store erp crm pos psp idp ldap swift sepa dhl ups fedex usps aws azure sap sms smtp registry agency \
     carrier bureau webhook app bot engine maps display portal device meter clearinghouse exchange marketplace supplier vendor \
     manufacturer warehouse wms tms lms cms hris kiosk backend software tool salesforce slack kafka twilio sendgrid mailchimp \
     paypal stripe adyen klarna visa mastercard google amazon ebay shopify zendesk jira docusign auth0 okta firebase opentable \
     airbnb expedia uber office insurer airline chatbot hub mailer",
);
static DOMAINS: Lexicon = Lexicon::of(".com .io .net .org .de .kr .co");

/// What can be looked at before deciding.
static VIEWS: Lexicon = Lexicon::of(
    "list lists catalogue catalog history overview dashboard report reports summary details detail status availability results \
     result score scores statement balance stats statistics calendar timetable map menu information info log inbox feed \
     ranking index profile records tracking trace directory board chart schedule rates prices forecast transcript roster \
     wishlist waitlist levels level checklist shortlist comparison figures view recommendations suggestions options slots",
);
static SCREENS: Lexicon =
    Lexicon::of("form page tablet screen ui wizard dialog popup mockup wireframe modal");
static RULES: Lexicon = Lexicon::of("policy rule rules policies");

/// First words of a reaction.
static REACTING: Lexicon = Lexicon::of("whenever when if once after upon on every each unless until as");
/// Words that make a reaction wherever they stand.
static MID_REACTING: Lexicon = Lexicon::of("whenever when unless");
/// Words that make a reaction of the deed before them: "ship only after payment".
static AFTER_DEED: Lexicon = Lexicon::of("once after until");
/// Words of what always holds.
static HOLDING: Lexicon = Lexicon::of("automatically always must below above");
/// Verbs whose "if" is a question, not a condition.
static ASKING: Lexicon = Lexicon::of("check verify ask see decide know determine test");

static UNITS: Lexicon = Lexicon::of(
    "second seconds minute minutes hour hours day days night nights week weeks weekday weekdays month months quarter quarters \
     year years morning evening noon midnight monday tuesday wednesday thursday friday saturday sunday mondays tuesdays \
     wednesdays thursdays fridays saturdays sundays weekend am pm o'clock daily nightly hourly weekly monthly yearly annually \
     quarterly sunrise sunset january february march april may june july august september october november december",
);
static AROUND_UNITS: Lexicon = Lexicon::of(
    "every each at on in the of a an after before later end start beginning first last business working once per twice two \
     three four five six seven eight nine ten half close closing next",
);
static BESIDE: Lexicon = Lexicon::of("before after prior later");
static MOMENTS: Lexicon = Lexicon::of("timer deadline timeout cron cronjob scheduler expiry");

/// What may follow a past tense that ends a sentence.
static BEHIND_PAST: Lexicon =
    Lexicon::of("up in out off back on down over away again by to from for at with due because into onto");

/// What did not work out.
static FAILURES: Lexicon =
    Lexicon::of("rejected failed cancelled canceled expired declined denied refused aborted bounced revoked");

/// What might be or still is, but did not happen.
static MAYBE: Lexicon = Lexicon::of(
    "may might could can will would should pending awaiting waiting being available possible ongoing",
);

/// The words of a wording in small letters: PascalCase taken apart, a trailing "Event" dropped. A hyphen holds a word
/// of a phrase together ("check-in closed") and parts those of a name ("order-placed").
pub(super) fn words(wording: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let is_phrase = wording.trim().contains(char::is_whitespace);
    let letters: Vec<char> = wording.chars().collect();
    for (at, &letter) in letters.iter().enumerate() {
        // Always part of a word, and has no small letter: the tables need not be asked.
        if is_hangul(letter) {
            word.push(letter);
            continue;
        }
        let starts = letter.is_uppercase() && at > 0 && {
            let after_small = letters[at - 1].is_lowercase() || letters[at - 1].is_ascii_digit();
            let before_small = letters.get(at + 1).is_some_and(|next| next.is_lowercase());
            after_small || letters[at - 1].is_uppercase() && before_small
        };
        let joins =
            letter.is_alphanumeric() || letter == '\'' || letter == '-' && is_phrase && !word.is_empty();
        if (starts || !joins) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if joins {
            word.extend(letter.to_lowercase());
        }
    }
    words.extend((!word.is_empty()).then_some(word));
    if words.len() > 1 && words.last().is_some_and(|last| last == "event") {
        words.pop();
    }
    words
}

fn is_past(word: &str) -> bool {
    let is_irregular = |word| IRREGULAR.has(word);
    let is_longer = || BEFORE_IRREGULAR.iter().any(|it| word.strip_prefix(it).is_some_and(is_irregular));
    let is_regular = word.len() > 3 && word.ends_with("ed");
    (is_irregular(word) || is_regular || is_longer()) && !NO_PAST.has(word)
}

/// Where the first past tense stands.
pub(super) fn past_at(words: &[String]) -> Option<usize> {
    words.iter().enumerate().position(|(at, word)| is_past(word) || at > 0 && UNCHANGED.has(word))
}

/// Whether its last word, after others, is a past tense.
pub(super) fn ends_in_past(words: &[String]) -> bool {
    words.len() > 1 && words.last().is_some_and(|last| is_past(last) || UNCHANGED.has(last))
}

/// Whether it tells in the present what is done: "lost cards are blocked at once".
pub(super) fn is_present_passive(words: &[String]) -> bool {
    words.windows(2).any(|two| PRESENT.has(&two[0]) && is_past(&two[1]))
}

/// Whether it begins with a verb in the third person: "sets the room free".
pub(super) fn begins_in_third_person(words: &[String]) -> bool {
    let verb = words.first().and_then(|first| first.strip_suffix('s'));
    words.len() > 1
        && verb.is_some_and(|verb| VERBS.has(verb) || verb.strip_suffix('e').is_some_and(|v| VERBS.has(v)))
}

/// Whether it tells a deed as done: by a first word that is a past tense and nothing else, or by one behind the thing it
/// was done to, "order placed by guest". In "review rejected claims" it is the claims that are rejected. A verb that its
/// past tense looks like is as often a noun, "password reset", unless it says what came of it: "split into two".
pub(super) fn is_deed_done(words: &[String]) -> bool {
    let closes = |at: usize| words.get(at + 1).is_none_or(|next| BEHIND_PAST.has(next));
    let turns = |at: usize| words.get(at + 1).is_some_and(|next| ["into", "onto"].contains(&next.as_str()));
    let is_told = deed(words) != Deed::Surely;
    words.iter().enumerate().any(|(at, word)| {
        is_past(word) && (at == 0 || is_told && closes(at))
            || at > 0 && is_told && UNCHANGED.has(word) && turns(at)
    })
}

/// Whether it tells a possibility or a state, not something that happened.
pub(super) fn is_state(words: &[String]) -> bool {
    let happened = past_at(words).filter(|at| *at > 0).unwrap_or(words.len());
    let words = &words[..happened];
    words.iter().any(|word| MAYBE.has(word))
        || words.windows(2).any(|two| two[0] == "in" && ["progress", "transit"].contains(&two[1].as_str()))
}

fn is_unit(word: &str) -> bool {
    UNITS.has(word) || word.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a word says that something did not work out.
pub(super) fn is_failure(words: &[String]) -> bool {
    words.iter().any(|word| FAILURES.has(word))
}

/// Whether it names a moment: "every night", "end of month", "24 hours before arrival".
pub(super) fn is_moment(words: &[String], has_comma: bool) -> bool {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    let only_time =
        words.iter().all(|word| is_unit(word) || AROUND_UNITS.has(word)) && words.iter().any(|w| is_unit(w));
    let span = (is_unit(first) || AROUND_UNITS.has(first))
        && words.windows(2).take(3).any(|two| is_unit(&two[0]) && BESIDE.has(&two[1]));
    let edge = ["end", "start", "beginning"].contains(&first.as_str())
        && words.get(1).is_some_and(|word| word == "of");
    !has_comma && (only_time || span || edge || MOMENTS.has(last))
}

/// Whether it is put as a reaction: "whenever …", "if …, …", "each night …".
pub(super) fn is_reaction(words: &[String], has_comma: bool) -> bool {
    let Some(first) = words.first() else { return false };
    let from_the_start = words.len() > 1 && REACTING.has(first)
        || first == "for" && words.get(1).is_some_and(|w| ["each", "every"].contains(&w.as_str()));
    let timed = has_comma && words.len() > 3 && is_unit(first);
    let midway = words.iter().any(|word| MID_REACTING.has(word));
    let on_condition = words.iter().any(|word| word == "if") && !ASKING.has(first);
    let waits = |until: usize| words[..until].iter().any(|word| AFTER_DEED.has(word));
    let deed_after = deed(words) != Deed::No && waits(past_at(words).unwrap_or(words.len()));
    from_the_start || timed || midway || on_condition || deed_after
}

/// Whether it tells what always holds: "two nurses must confirm".
pub(super) fn is_holding(words: &[String]) -> bool {
    words.iter().any(|word| HOLDING.has(word))
}

/// How sure a first word asks for a deed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Deed {
    /// No verb stands there.
    No,
    /// A word that is the name of a thing as well.
    Perhaps,
    /// A verb and nothing else.
    Surely,
}

/// How sure the wording asks for a deed, by its first word.
pub(super) fn deed(words: &[String]) -> Deed {
    let Some(first) = words.first() else { return Deed::No };
    let base = first
        .strip_prefix("re")
        .or_else(|| first.strip_prefix("un"))
        .unwrap_or(first)
        .trim_start_matches('-');
    let verb = VERBS.has(first) || VERBS.has(base) || VERB_ENDINGS.ends_longer(first) && !NO_VERBS.has(first);
    let article = words
        .get(1)
        .is_some_and(|word| ["a", "an", "the", "for", "to", "in", "out", "back"].contains(&word.as_str()));
    let either = VERBS_OR_NOUNS.has(first) || VERBS_OR_NOUNS.has(base);
    match (words.len(), verb, either) {
        (1, true, _) | (1, _, true) => Deed::Perhaps,
        (_, true, _) => Deed::Surely,
        (_, _, true) if article => Deed::Surely,
        (_, _, true) => Deed::Perhaps,
        _ => Deed::No,
    }
}

/// Whether it names a person or a role.
pub(super) fn is_person(words: &[String]) -> bool {
    words.last().is_some_and(|last| {
        PEOPLE.has(last)
            || last.strip_suffix('s').is_some_and(|one| PEOPLE.has(one))
            || last.len() > 4 && DOERS.ends(last) && !NO_DOERS.ends(last)
    })
}

/// Whether the whole wording is one system's own name: "PayPal", "Booking.com", "ERP".
pub(super) fn is_brand(wording: &str, words: &[String]) -> bool {
    let shouted = wording.len() > 1 && wording.chars().all(|c| c.is_ascii_uppercase());
    shouted || SYSTEMS.has(&words.concat()) || DOMAINS.ends_longer(&wording.to_lowercase())
}

/// Whether it names a system or a company.
pub(super) fn is_system(words: &[String]) -> bool {
    words.last().is_some_and(|last| SYSTEMS.has(last))
}

/// Whether it names something to look at.
pub(super) fn is_view(words: &[String]) -> bool {
    words.last().is_some_and(|last| VIEWS.has(last))
}

/// Whether it names a screen.
pub(super) fn is_screen(words: &[String]) -> bool {
    words.last().is_some_and(|last| SCREENS.has(last))
}

/// Whether it calls itself a rule.
pub(super) fn is_rule(words: &[String]) -> bool {
    words.len() > 1 && words.last().is_some_and(|last| RULES.has(last))
}
