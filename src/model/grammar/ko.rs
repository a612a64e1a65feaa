//! How a Korean wording is put: by its last syllables, since Korean says at the end what it means.

use super::lexicon::Lexicon;

/// The number of the final consonant ㄻ, and of ㄴ, ㅁ, ㅂ, ㅆ, in the order Unicode composes syllables.
const FINAL_RIEUL_MIEUM: u32 = 10;
const FINAL_NIEUN: u32 = 4;
const FINAL_MIEUM: u32 = 16;
const FINAL_BIEUP: u32 = 17;
const FINAL_SSANG_SIOT: u32 = 20;

/// Nouns that tell of something over and done, without any verb.
static DONE: Lexicon = Lexicon::of(
    "완료 성공 실패 만료 초과 소진 품절 매진 도착 발생 경과 연체 누락 미달 두절 당첨 탈락 합격 불합격 파손 고장 사망 낙찰 유찰",
);

/// Nouned verbs: "it has been …" when they end a wording.
static NOUNED: Lexicon = Lexicon::of(
    "됨 함 짐 음 옴 남 냄 감 김 림 름 힘 킴 뀜 봄 둠 줌 춤 침 뺌 씀 쌓임 보임 쓰임 붙임 줄임 높임 묶임 섞임",
);

/// Nouns that merely look like nouned verbs.
static NOUNS: Lexicon = Lexicon::of(
    "알림 그림 살림 밀림 산림 드림 크림 마감 차감 가감 절감 삭감 체감 영감 책임감 독감 물감 일감 \
     다음 처음 마음 묶음 녹음 소음 얼음 웃음 믿음 죽음 모음 발음 걸음 잡음 \
     이름 구름 여름 주름 기름 필름 흐름 맞춤 탈춤 모둠 만남 강남 성남 호남 경남 전남 충남 \
     보관함 우편함 사물함 수납함 명함 서류함 편지함 메일함 수신함 발신함 투표함 택배함 분실함 보석함 포함 결함 군함 \
     다짐 조짐 이삿짐 튀김 입김 지침 방침 아침 기침 말씀 오줌",
);
static BARE_NOUNS: Lexicon = Lexicon::of("함 짐 음 옴 남 감 김 름 힘 봄 줌 춤 침");

/// Ways to say that something is so, or is not: a state, nothing that happened. What turns out to be too little, 부족함, did
/// so at a moment.
static STATES: Lexicon = Lexicon::of(
    "있음 없음 않음 못함 가능함 불가능함 필요함 불필요함 중요함 동일함 다양함 복잡함 불편함 안전함 위험함 \
     같음 많음 적음 높음 낮음 다름 모름 빠름 느림",
);
static STATE_ENDINGS: Lexicon =
    Lexicon::of("있다 있어요 있습니다 없다 없어요 없습니다 겠음 겠다 겠어요 겠습니다");

/// Nouns that end like 배송중 and are no state.
static NO_JUNG: Lexicon = Lexicon::of("체중 집중 공중 대중 관중 이중 나중 청중 비중 하중 민중");

/// What follows the stem of a past tense.
static AFTER_PAST: Lexicon = Lexicon::of("다 음 습니다 어요 네요 군요 죠 지 어 고");

/// Endings that say something was done.
static PAST_ENDS: Lexicon = Lexicon::of(
    "됨 되었다 되었음 되었습니다 되었어요 됐다 됐음 됐습니다 됐어요 됬음 됬다 함 했다 했음 했습니다 했어요 하였다 하였음",
);

/// Words that make a wording a reaction to something, and glued endings that do.
static REACTING: Lexicon =
    Lexicon::of("마다 때 때는 때에 때에는 경우 경우에 경우에는 경우엔 즉시 시 시에 시에는 따라 따른 한해");
static REACTING_ENDINGS: Lexicon = Lexicon::of("마다 자마자 거든");
static NO_SI: Lexicon = Lexicon::of(
    "표시 게시 지시 개시 감시 제시 명시 임시 다시 잠시 역시 일시 상시 수시 혹시 접시 도시 동시 출시 택시 응시 실시 \
     무시 공시 고시 암시 과시 중시 멸시 전시 정시 당시 예시 반드시 서울시 광역시 특별시 필시",
);
static NO_MYEON: Lexicon = Lexicon::of(
    "화면 측면 장면 도면 서면 대면 표면 국면 단면 방면 냉면 평면 반면 전면 정면 지면 수면 내면 외면 양면 안면 후면",
);

/// Endings of 하기 and its like: a deed somebody sets out to do.
static DEEDS: Lexicon = Lexicon::of(
    "보내기 내기 빌리기 알리기 올리기 내리기 돌리기 늘리기 버리기 누리기 맡기기 남기기 옮기기 넘기기 챙기기 지우기 비우기 \
     채우기 배우기 태우기 키우기 붙이기 줄이기 높이기 시키기 지키기 멈추기 맞추기 늦추기 고치기 합치기 마치기 바꾸기 모으기 \
     담기 넣기 받기 찾기 열기 닫기 보기 쓰기 읽기 막기 묶기 묻기 걸기 풀기 끊기 싣기 뽑기 만들기 고르기 부르기 누르기 \
     나누기 미루기 잠그기 가기 오기 얻기 쌓기 적기 놓기 빼기 켜기 끄기 정하기 돌려주기 내주기 건네주기 보내주기 알려주기 \
     다루기 되돌리기 늘이기 매기기 팔기 타기 잡기 치우기",
);
/// Nouns when they stand alone.
static BARE_DEEDS: Lexicon = Lexicon::of("보기 가기 오기 내기 타기");

/// Polite and plain endings of a sentence that asks for a deed or tells a rule.
static TELLING: Lexicon = Lexicon::of("세요 십시오 해라 하라 하자 도록");

/// Nouns of deeds. Such a noun at the end is a command as often as it is the name of a thing.
static ACTIONS: Lexicon = Lexicon::of(
    "등록 요청 신청 처리 예약 취소 생성 확인 승인 발송 전송 계산 배정 발행 발급 청구 지급 환불 결제 주문 변경 수정 삭제 조정 \
     조사 검수 검사 분류 호출 정지 해지 해제 폐기 연장 반납 대출 접수 제출 부여 채점 수락 거절 거부 반려 발주 출고 입고 집품 \
     포장 배송 배차 보고 차감 적립 충전 송금 이체 출금 입금 인출 개설 가입 탈퇴 로그인 로그아웃 인증 검증 심사 평가 통보 통지 \
     안내 알림 공지 게시 공개 작성 저장 업로드 다운로드 조회 검색 선택 추가 제거 할당 예매 환급 정산 시작 종료 중단 재개 보류 \
     이관 이동 교환 반품 회수 수거 픽업 조리 퇴원 입원 수술 진단 처방 진료 투약 검진 퇴실 입실 체크인 체크아웃 갱신 초대 공유 \
     구독 해약 납부 수납 독촉 면접 채용 통과 퇴사 입사 승진 기록 입력 제안 협의 계약 서명 체결 견적 산정 산출 보상 대여 반출 \
     수리 점검 교체 설치 운송 통관 신고 수강 채번 추천 예측 측정 감지 탐지 차단 동결 복구 복원 백업 배포 마감 폐강 개강 확정 \
     지정 설정 제공 제작 생산 출하 선적 하역 상차 하차 적재 보관 준비 시도 허가 허용 결정 결의 심의 의뢰 위임 양도 전환 전달 \
     인계 인수 동의 철회 복귀 출근 퇴근 소명 응답 답변 문의 상담 모집 선발 편성 조제 촬영 판독 이송 청소 정비 세탁 수선",
);

/// What people are called.
static PEOPLE: Lexicon = Lexicon::of(
    "고객 회원 손님 환자 직원 사원 상담원 청소원 승무원 배달원 은행원 점원 조직원 교직원 연구원 구성원 의사 간호사 약사 사서 \
     기사 강사 교사 전도사 사정사 심사역 상담사 설계사 변호사 세무사 회계사 영양사 관리사 교수 점주 예금주 건물주 차주 고용주 \
     팀장 점장 부장 과장 실장 교장 원장 소장 지점장 센터장 사장 반장 보증인 대리인 신청인 수취인 발신인 임차인 임대인 송금인 \
     본인 주인 수강생 학생 연습생 실습생 인턴 전문가 작가 커 라이더 매니저 바이어 셀러 오너 호스트 게스트 코치 튜터 멘토 멘티 \
     딜러 드라이버 디자이너 트레이너 컨설턴트 유저 파트너 에이전트 셰프 크리에이터 리더 멤버 어드민 아르바이트 알바 부모 보호자 \
     가족 팀 부서 투숙객 승객 여행객 방문객 관객 주치의 전문의 담당의 수의사 이웃 시민 주민 님",
);
static NO_PEOPLE: Lexicon = Lexicon::of("스티커 체커 트래커 로커 마커 워커");
/// Nouns in -자 that are nobody.
static NO_JA: Lexicon = Lexicon::of(
    "문자 상자 이자 과자 숫자 의자 투자 골자 적자 흑자 글자 전자 감자 모자 액자 일자 날자 각자 피자 하자 박자 격자",
);
/// Nouns in -원 that are nobody, systems among them.
static NO_WON: Lexicon = Lexicon::of(
    "병원 학원 공원 법원 지원 인원 정원 차원 자원 복원 후원 입원 퇴원 결제원 전원 단원 소원 청원 만원 천원 백원 억원 \
     유치원 대학원 요양원 환원 결원 증원 개발원 연수원 감사원 의원 한의원 심평원 식물원 동물원 과수원 기원",
);

/// What systems and companies are called.
static SYSTEMS: Lexicon = Lexicon::of(
    "시스템 서버 은행 공단 공사 결제원 게이트웨이 플랫폼 서비스 업체 기관 센터 앱 포스 알림톡 페이 페이먼츠 \
     세관 기상청 경찰청 검찰청 시청 구청 교육청 소방청 소방서 경찰서 행정안전부 교육부 국토부 복지부 국세청 관세청 우체국 법원 보건소 장비 단말 단말기 기기 센서 키오스크 로봇 프린터 대행사 택배사 카드사 보험사 통신사 \
     여행사 제휴사 공급사 제조사 항공사 운송사 물류사 협력사 배송사 증권사 메신저 거래소 전산망 금융망 오픈뱅킹",
);

/// Companies whose name begins with one of these.
static BRANDS: Lexicon = Lexicon::of("카카오 네이버 토스 쿠팡 배민 구글 애플 아마존 페이팔 스트라이프");

/// What can be looked at before deciding.
static VIEWS: Lexicon = Lexicon::of(
    "목록 현황 이력 내역 기록 정보 상세 리스트 점수 대시보드 통계 요약 검색결과 지도 시간표 일정 일정표 잔액 추적 카탈로그 달력 캘린더 결과 \
     보고서 리포트 순위 명단 명세 가격표 배차표 현황판 후보 잔여석 메뉴판",
);
static SCREENS: Lexicon = Lexicon::of("화면 페이지 폼 팝업 양식 창 탭 태블릿");
static RULES: Lexicon = Lexicon::of("정책 규칙 규정 원칙 방침");

/// When something starts.
static MOMENTS: Lexicon = Lexicon::of(
    "매일 매주 매월 매년 매시간 매시 매분 매달 매분기 자정 정오 아침 저녁 새벽 오전 오후 밤 말일 월말 연말 주말 분기말 월초 연초 \
     하루 이틀 사흘 일주일 한달 다음날 마감일 만기일 기한 시각 시점 스케줄 타이머 전 후 뒤 마다 이후 이전",
);
static MOMENT_ENDINGS: Lexicon =
    Lexicon::of("요일 요일마다 시간마다 일마다 분마다 달마다 자정마다 아침마다 밤마다");
static FAILURES: Lexicon = Lexicon::of("거절 실패 취소 만료 반려 거부 중단 무산");
/// What is a failure as it stands.
static FAILED: Lexicon = Lexicon::of("실패 만료");
static UNITS: Lexicon = Lexicon::of("초 분 시 시간 일 주 주일 달 월 개월 년 분기 반 월말 영업일");
static SPAN_ENDS: Lexicon = Lexicon::of("전 후 뒤 이후 이전");
static EVERY: Lexicon = Lexicon::of("매일 매주 매월 매년 매시간 매시 매분 매달 매분기");

pub(super) fn final_of(syllable: char) -> Option<u32> {
    let code = u32::from(syllable);
    (0xAC00..=0xD7A3).contains(&code).then(|| (code - 0xAC00) % 28)
}

/// Whether a character is a Hangul syllable.
pub(super) fn is_hangul(c: char) -> bool {
    final_of(c).is_some()
}

/// Whether a character belongs to a word; Hangul is asked for first, as the tables of all letters are slow to look into.
pub(super) fn is_letter(c: char) -> bool {
    is_hangul(c) || c.is_alphanumeric()
}

/// The words of a wording, without the punctuation around each.
pub(super) fn words(wording: &str) -> Vec<&str> {
    wording
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !is_letter(c)))
        .filter(|word| !word.is_empty())
        .collect()
}

fn last_syllable_final(word: &str) -> Option<u32> {
    word.chars().next_back().and_then(final_of)
}

/// Whether a past stem ends here: its last syllable closes with ㅆ, and is neither 있 nor 겠.
fn is_past_stem(stem: &str) -> bool {
    last_syllable_final(stem) == Some(FINAL_SSANG_SIOT) && !stem.ends_with(['있', '겠'])
}

fn is_past_verb(word: &str) -> bool {
    is_past_stem(word) || AFTER_PAST.stems(word).any(is_past_stem)
}

/// A nouned verb such as 주문됨, 담김, 끝남.
fn is_nouned_verb(word: &str) -> bool {
    !NOUNS.ends(word)
        && !BARE_NOUNS.has(word)
        && (NOUNED.ends(word) || last_syllable_final(word) == Some(FINAL_RIEUL_MIEUM) && word != "삶")
}

/// Whether the last word says that something is over: a past verb, or a nouned one.
pub(super) fn ends_in_past(words: &[&str]) -> bool {
    let Some((last, rest)) = words.split_last().filter(|_| !is_state(words)) else { return false };
    let resolved = *last == "함" && rest.last().is_some_and(|word| word.ends_with(['로', '게']));
    resolved || is_past_verb(last) || is_nouned_verb(last) || rules_object(last, rest)
}

/// Whether a word in ㅁ, no noun of its own, has an object before it, as verbs do: 인공호흡기를 뗌, 물을 마심.
fn rules_object(word: &str, before: &[&str]) -> bool {
    let is_object = |it: &&str| it.ends_with(['을', '를']) && without_particle(it, false) != *it;
    last_syllable_final(word) == Some(FINAL_MIEUM)
        && !NOUNS.ends(word)
        && !BARE_NOUNS.has(word)
        && before.last().is_some_and(is_object)
}

/// Whether the last word is a noun that tells of something over and done, such as 완료.
pub(super) fn ends_in_done(words: &[&str]) -> bool {
    words.last().is_some_and(|last| DONE.ends(last))
}

/// Whether it ends in 됨 or in ㅆ: the past that no command wears.
pub(super) fn ends_in_plain_past(words: &[&str]) -> bool {
    words.last().is_some_and(|last| !is_state(words) && (is_past_verb(last) || last.ends_with('됨')))
}

/// Whether it tells a state, a possibility or a duty, not something that happened.
pub(super) fn is_state(words: &[&str]) -> bool {
    let Some((last, rest)) = words.split_last() else { return false };
    let duty = rest.last().is_some_and(|word| word.ends_with('야'))
        && last.starts_with(['함', '한', '해', '합', '됨']);
    let under_way = last.ends_with('중') && !NO_JUNG.ends(last);
    duty || under_way || STATES.ends(last) || STATE_ENDINGS.ends(last)
}

/// Whether one of the words makes it a reaction: 때마다, 경우, -면, 시.
pub(super) fn is_reaction(words: &[&str]) -> bool {
    words.iter().enumerate().any(|(at, word)| {
        let glued_si = word.ends_with('시')
            && !NO_SI.ends(word)
            && word.chars().count() > 2
            && !word.starts_with(|c: char| c.is_ascii_digit());
        let condition =
            word.ends_with('면') && word.chars().count() > 1 && !NO_MYEON.ends(word) && *word != "라면";
        let as_it_comes = *word == "대로" && at > 0 && words[at - 1].ends_with('는');
        REACTING.has(word) || REACTING_ENDINGS.ends_longer(word) || glued_si || condition || as_it_comes
    }) || is_timed(words)
}

/// Whether it tells when to do something that is not done yet: 체크인 하루 전 안내 발송.
fn is_timed(words: &[&str]) -> bool {
    let is_span = |two: &[&str]| SPAN_ENDS.has(two[1]) && (is_count(two[0]) || MOMENTS.has(two[0]));
    let before_last = &words[..words.len().saturating_sub(1)];
    before_last.windows(2).any(is_span) && !ends_in_past(words) && !ends_in_done(words)
}

/// A word without the ending that says it is done: 주문 of 주문됨 and of 주문했습니다.
pub(super) fn stem(word: &str) -> &str {
    PAST_ENDS.stems(word).min_by_key(|stem| stem.len()).unwrap_or(word)
}

/// A word without the particle that marks it as what is told about, or only without the one of who does it.
pub(super) fn without_particle(word: &str, only_subject: bool) -> &str {
    let kept = if only_subject { 1 } else { 3 };
    let without = |particles: &[char], is_closed: bool| {
        let rest = word.strip_suffix(&particles[..kept])?;
        last_syllable_final(rest).filter(|last| (*last > 0) == is_closed).map(|_| rest)
    };
    without(&['이', '을', '은'], true).or_else(|| without(&['가', '를', '는'], false)).unwrap_or(word)
}

/// Whether it names a deed to do: 주문하기, 담기.
pub(super) fn ends_in_deed(words: &[&str]) -> bool {
    words.last().is_some_and(|last| {
        last.ends_with("하기") && *last != "하기"
            || DEEDS.ends(last) && !(words.len() == 1 && BARE_DEEDS.has(last))
    })
}

/// Whether it is a sentence in the present: 취소한다, 알려요, 보내세요. Commands and rules are told so.
pub(super) fn ends_in_present(words: &[&str]) -> bool {
    let Some(last) = words.last().filter(|_| !ends_in_past(words) && !is_state(words)) else { return false };
    let stem_final = |end: &str| last.strip_suffix(end).and_then(last_syllable_final);
    stem_final("다") == Some(FINAL_NIEUN)
        || stem_final("니다") == Some(FINAL_BIEUP)
        || last.ends_with('요') && last.chars().count() > 2 && !last.ends_with("필요")
        || TELLING.ends_longer(last)
}

/// Whether it ends in the noun of a deed: 등록, 주문 취소.
pub(super) fn ends_in_action(words: &[&str]) -> bool {
    words.last().is_some_and(|last| ACTIONS.ends(last))
}

/// Whether it names a person or a role.
pub(super) fn is_person(words: &[&str]) -> bool {
    words.last().is_some_and(|last| {
        PEOPLE.ends(last) && !NO_PEOPLE.ends(last)
            || last.ends_with('자') && last.chars().count() > 1 && !NO_JA.ends(last)
            || last.ends_with('원') && last.chars().count() > 2 && !NO_WON.ends(last)
    })
}

/// Whether it names a system or a company.
pub(super) fn is_system(words: &[&str]) -> bool {
    words.last().is_some_and(|last| {
        SYSTEMS.ends(last) || BRANDS.begins(words[0]) || last.ends_with('사') && !last.starts_with(is_hangul)
    })
}

/// Whether it names something to look at.
pub(super) fn is_view(words: &[&str]) -> bool {
    words.last().is_some_and(|last| VIEWS.ends(last))
}

/// Whether it names a screen.
pub(super) fn is_screen(words: &[&str]) -> bool {
    words.last().is_some_and(|last| SCREENS.ends(last))
}

/// Whether it calls itself a rule.
pub(super) fn is_rule(words: &[&str]) -> bool {
    words.last().is_some_and(|last| RULES.ends(last))
}

fn is_count(word: &str) -> bool {
    let unit = word.trim_start_matches(|c: char| c.is_ascii_digit() || ":~,.".contains(c));
    unit.len() < word.len()
        && (unit.is_empty() || UNITS.has(unit) || UNITS.ends(unit) && unit.chars().count() < 4)
}

fn is_moment_word(word: &str) -> bool {
    MOMENTS.has(word)
        || MOMENT_ENDINGS.ends(word)
        || is_count(word)
        || word.strip_suffix('에').is_some_and(|w| is_count(w) || MOMENTS.has(w))
}

/// Whether the last word says that something did not work out.
pub(super) fn is_failure(words: &[&str]) -> bool {
    let last = words.last().copied().unwrap_or_default();
    FAILURES.begins(last) && ends_in_past(words) || FAILED.has(last)
}

/// Whether it names a moment and nothing else: 매일 자정, 체크인 하루 전, 매월 말일.
pub(super) fn is_moment(words: &[&str]) -> bool {
    let Some((last, rest)) = words.split_last() else { return false };
    let span = SPAN_ENDS.has(last) && rest.last().is_some_and(|word| is_moment_word(word) || UNITS.has(word));
    let regular =
        EVERY.has(words[0]) && !ends_in_action(words) && !ends_in_past(words) && !ends_in_present(words);
    let pointed = is_moment_word(last) && !SPAN_ENDS.has(last) && last.chars().count() > 1;
    words.iter().all(|word| is_moment_word(word)) || span || regular || pointed
}
