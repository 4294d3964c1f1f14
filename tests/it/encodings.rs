//! Texts in twenty-two encodings: as plain text without a word of it, as a page that says it, as a page that says it wrongly.

use dateline::model::Warnings;
use dateline::read::{Hint, read};

const LATIN: [&str; 6] = [
    "Le ministre français des Affaires étrangères a rencontré ses homologues à Genève.",
    "Der Außenminister erklärte in München, die Gespräche würden nächste Woche fortgeführt.",
    "El presidente señaló que mañana habrá una reunión en Córdoba con los alcaldes.",
    "La délégation a quitté l’hôtel après une réunion très brève, selon un témoin.",
    "Am Donnerstag hätten sich mehrere Bürgermeister für eine Lösung ausgesprochen.",
    "Según el portavoz, también participarán señores de la región de Aragón.",
];
const CENTRAL: [&str; 6] = [
    "Ministr zahraničí řekl v Plzni, že příští týden začnou jednání o dohodě.",
    "Premiéři se sešli v Brně a podepsali společné prohlášení o řece Dunaj.",
    "Čeští hasiči vyjeli k požáru skladiště ve čtvrtek večer krátce před půlnocí.",
    "Vláda schválila návrh zákona, který má zlevnit jízdné ve vlacích.",
    "Předseda odborů uvedl, že stávka potrvá nejméně čtyři dny.",
    "Podle mluvčího ještě není rozhodnuto, kdo zaplatí opravu mostu.",
];
const RUSSIAN: [&str; 6] = [
    "Министр иностранных дел заявил в Казани, что переговоры начнутся на следующей неделе.",
    "Делегации трёх стран встретились в четверг и обсудили вопросы водоснабжения.",
    "По словам представителя ведомства, соглашение подпишут до конца месяца.",
    "Шахтёры объявили забастовку после того, как переговоры о премиях провалились.",
    "Паром со ста сорока пассажирами отбуксировали в порт после двух дней дрейфа.",
    "Жители города вышли на площадь и потребовали открыть мост через реку.",
];
const UKRAINIAN: [&str; 6] = [
    "Міністр закордонних справ заявив у Львові, що переговори почнуться наступного тижня.",
    "Делегації трьох країн зустрілися у четвер та обговорили питання водопостачання.",
    "За словами речниці, угоду підпишуть до кінця місяця у Києві.",
    "Шахтарі оголосили страйк після того, як перемовини про премії зірвалися.",
    "Пором зі ста сорока пасажирами відбуксирували до порту після двох днів дрейфу.",
    "Її заступник їздив до Європи й повернувся з новою пропозицією.",
];
const GREEK: [&str; 6] = [
    "Ο υπουργός Εξωτερικών δήλωσε στην Αθήνα ότι οι συνομιλίες αρχίζουν την επόμενη εβδομάδα.",
    "Οι αντιπροσωπείες τριών χωρών συναντήθηκαν την Πέμπτη στη Θεσσαλονίκη.",
    "Σύμφωνα με τον εκπρόσωπο, η συμφωνία θα υπογραφεί πριν από το τέλος του μήνα.",
    "Οι ναυτεργάτες κήρυξαν απεργία αφού κατέρρευσαν οι διαπραγματεύσεις.",
    "Το πλοίο ρυμουλκήθηκε στο λιμάνι έπειτα από δύο ημέρες στη θάλασσα.",
    "Οι κάτοικοι της πόλης ζήτησαν να ανοίξει η γέφυρα του ποταμού.",
];
const TURKISH: [&str; 6] = [
    "Dışişleri bakanı Ankara’da görüşmelerin gelecek hafta başlayacağını söyledi.",
    "Üç ülkenin heyetleri perşembe günü İstanbul’da bir araya geldi ve suyu görüştü.",
    "Sözcüye göre anlaşma ay sonuna kadar imzalanacak, şimdilik bir değişiklik yok.",
    "Maden işçileri ikramiye görüşmeleri çöktükten sonra greve gitti.",
    "Yüz kırk yolcusu olan feribot iki gün sürüklendikten sonra limana çekildi.",
    "Şehir sakinleri ırmağın üzerindeki köprünün açılmasını istedi.",
];
const HEBREW: [&str; 6] = [
    "שר החוץ אמר בירושלים כי השיחות יתחילו בשבוע הבא.",
    "משלחות משלוש מדינות נפגשו ביום חמישי ודנו בשאלת המים.",
    "לדברי הדובר ההסכם ייחתם עד סוף החודש.",
    "הכורים פתחו בשביתה לאחר שהשיחות על המענק נכשלו.",
    "המעבורת נגררה לנמל אחרי יומיים בלב ים.",
    "תושבי העיר דרשו לפתוח את הגשר מעל הנהר.",
];
const ARABIC: [&str; 6] = [
    "قال وزير الخارجية في القاهرة إن المحادثات ستبدأ الأسبوع المقبل.",
    "التقت وفود من ثلاث دول يوم الخميس وناقشت مسألة المياه.",
    "وأضاف المتحدث أن الاتفاق سيوقع قبل نهاية الشهر.",
    "أعلن عمال المناجم الإضراب بعد انهيار المفاوضات حول المكافأة.",
    "سحبت العبارة إلى الميناء بعد يومين في عرض البحر.",
    "طالب سكان المدينة بفتح الجسر فوق النهر.",
];
const BALTIC: [&str; 6] = [
    "Užsienio reikalų ministras Vilniuje pareiškė, kad derybos prasidės kitą savaitę.",
    "Trijų šalių delegacijos susitiko ketvirtadienį ir aptarė vandens klausimą.",
    "Pasak atstovo, susitarimas bus pasirašytas iki mėnesio pabaigos.",
    "Kalnakasiai paskelbė streiką, kai žlugo derybos dėl priedų.",
    "Keltas su šimtu keturiasdešimt keleivių nutemptas į uostą po dviejų dienų.",
    "Miesto gyventojai pareikalavo atidaryti tiltą per upę.",
];
const THAI: [&str; 6] = [
    "รัฐมนตรีต่างประเทศกล่าวที่กรุงเทพว่าการเจรจาจะเริ่มในสัปดาห์หน้า",
    "คณะผู้แทนจากสามประเทศพบกันเมื่อวันพฤหัสบดีและหารือเรื่องน้ำ",
    "โฆษกระบุว่าข้อตกลงจะลงนามก่อนสิ้นเดือนนี้",
    "คนงานเหมืองนัดหยุดงานหลังจากการเจรจาเรื่องโบนัสล้มเหลว",
    "เรือข้ามฟากถูกลากเข้าท่าเรือหลังลอยอยู่ในทะเลสองวัน",
    "ชาวเมืองเรียกร้องให้เปิดสะพานข้ามแม่น้ำ",
];
const SIMPLE: [&str; 6] = [
    "外交部长星期四在日内瓦表示，三国将于下周开始就水资源问题举行新一轮谈判。",
    "三个国家的代表团星期四会面，讨论了供水问题，并将公布有关数据。",
    "发言人说，协议将在本月底之前签署。",
    "奖金谈判破裂后，矿工宣布罢工，公司表示将维持运营。",
    "一艘载有一百四十人的渡轮在海上漂流两天后被拖回港口。",
    "市民要求开放河上的大桥，市长答应下周答复。",
];
const TRADITIONAL: [&str; 6] = [
    "外交部長星期四在日內瓦表示，三國將於下週開始就水資源問題舉行新一輪談判。",
    "三個國家的代表團星期四會面，討論了供水問題，並將公布有關數據。",
    "發言人說，協議將在本月底之前簽署。",
    "獎金談判破裂後，礦工宣布罷工，公司表示將維持營運。",
    "一艘載有一百四十人的渡輪在海上漂流兩天後被拖回港口。",
    "市民要求開放河上的大橋，市長答應下週答覆。",
];
const JAPANESE: [&str; 6] = [
    "外務大臣は木曜日、ジュネーブで、三か国が来週から新たな協議を始めると述べました。",
    "三か国の代表団は木曜日に会談し、水の問題について話し合いました。",
    "報道官によると、合意は今月末までに署名される見通しです。",
    "賞与をめぐる交渉が決裂し、鉱山の労働者はストライキに入りました。",
    "百四十人を乗せたフェリーは二日間漂流した後、港にえい航されました。",
    "市民は川にかかる橋を開くよう求めています。",
];
const KOREAN: [&str; 6] = [
    "외교부 장관은 목요일 제네바에서 세 나라가 다음 주부터 새로운 협상을 시작한다고 밝혔다.",
    "세 나라 대표단은 목요일에 만나 물 문제를 논의했다.",
    "대변인은 합의가 이달 말까지 서명될 것이라고 말했다.",
    "상여금 협상이 결렬된 뒤 광부들은 파업을 선언했다.",
    "백사십 명을 태운 여객선이 이틀 동안 표류한 끝에 항구로 예인됐다.",
    "시민들은 강 위의 다리를 열어 달라고 요구했다.",
];

const ROWS: [(&str, &[&str; 6]); 22] = [
    ("utf-8", &LATIN),
    ("utf-16le", &RUSSIAN),
    ("utf-16be", &GREEK),
    ("windows-1252", &LATIN),
    ("iso-8859-15", &LATIN),
    ("windows-1250", &CENTRAL),
    ("iso-8859-2", &CENTRAL),
    ("windows-1251", &RUSSIAN),
    ("koi8-r", &RUSSIAN),
    ("iso-8859-5", &RUSSIAN),
    ("koi8-u", &UKRAINIAN),
    ("windows-1253", &GREEK),
    ("windows-1254", &TURKISH),
    ("windows-1255", &HEBREW),
    ("windows-1256", &ARABIC),
    ("windows-1257", &BALTIC),
    ("windows-874", &THAI),
    ("gb18030", &SIMPLE),
    ("big5", &TRADITIONAL),
    ("shift_jis", &JAPANESE),
    ("euc-jp", &JAPANESE),
    ("euc-kr", &KOREAN),
];

/// Bytes of a text; letters that the encoding lacks are left out of the text beforehand.
fn encode(label: &str, text: &str) -> Vec<u8> {
    match label {
        "utf-16le" => [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect(),
        "utf-16be" => [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect(),
        label => encoding_rs::Encoding::for_label(label.as_bytes()).unwrap().encode(text).0.into_owned(),
    }
}

fn fits(label: &str, text: &str) -> bool {
    label.starts_with("utf") || !encoding_rs::Encoding::for_label(label.as_bytes()).unwrap().encode(text).2
}

/// Sixty texts of one to five sentences in another order each.
fn texts(label: &str, sentences: &[&str; 6]) -> Vec<String> {
    let texts = (0..60_usize).map(|n| {
        let step = [1, 5][n / 30];
        let words: Vec<&str> = (0..3 + n / 6 % 5).map(|k| sentences[(n + k * step) % 6]).collect();
        words.join(" ").replace('’', if fits(label, "’") { "’" } else { "'" })
    });
    texts.collect()
}

#[test]
fn sixty_texts_in_each_of_twenty_two_encodings() {
    let (mut right, mut all, mut told) = (0, 0, Vec::new());
    for (label, sentences) in ROWS {
        let mut wrong = 0;
        for (number, text) in texts(label, sentences).iter().enumerate() {
            assert!(fits(label, text), "{label}: {text}");
            let said = [None, Some(label), Some("utf-8")][number % 3];
            let (name, source) = match said {
                None => ("a.txt", text.clone()),
                Some(said) => (
                    "a.html",
                    format!("<html><head><meta charset=\"{said}\"><title>x</title></head><body><p>{text}</p></body></html>"),
                ),
            };
            let articles = read(&encode(label, &source), &Hint::named(name), &mut Warnings::new());
            all += 1;
            if articles.is_ok_and(|articles| articles[0].text.contains(text.as_str())) {
                right += 1;
            } else {
                wrong += 1;
            }
        }
        if wrong > 0 {
            told.push(format!("{label}: {wrong} wrong"));
        }
    }
    println!("{right} of {all} right; {told:?}");
    assert!(right * 100 >= all * 98, "{right} of {all}: {told:?}");
}
