package dev.kith.core.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.core.contact.Emails;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is found by what: tokens and queries against each other, without a database. */
class SearchTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "张",
                "伟",
                "明",
                "张伟",
                "伟明",
                "张伟明",
                "張偉",
                "偉",
                "张 明",
                "z",
                "zh",
                "zhang",
                "zhangw",
                "zhangwei",
                "zhangweiming",
                "zhang wei",
                "wei ming",
                "weiming",
                "weim",
                "ming",
                "zw",
                "zwm",
                "wm",
                "ZhāngWěi",
                "ZHANGWEI",
                "ｚｈａｎｇ",
                "zhang伟",
                "wei zhang"
            })
    void a_chinese_name_is_found_by_any_part_and_any_spelling(String typed) {
        assertThat(finds(typed, "张伟明")).isTrue();
        assertThat(finds(typed, "張偉明")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"张明", "明伟", "zhangming", "hang", "zm", "李", "张伟民", "weizhang"})
    void a_chinese_name_is_not_found_by_what_it_does_not_contain(String typed) {
        assertThat(finds(typed, "张伟明")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "曾国藩, zengguofan",
        "曾国藩, cengguofan",
        "曾国藩, zgf",
        "曾国藩, cgf",
        "单雄信, shanxiongxin",
        "单雄信, dan xiong",
        "解缙, xiejin",
        "解缙, jiejin",
        "仇英, qiuying",
        "区志强, ouzhiqiang",
        "查良镛, zhaliangyong",
        "查良镛, chaliangyong",
        "朴槿惠, piaojinhui",
        "尉迟恭, yuchigong",
        "尉迟恭, weichi",
        "尉遲恭, yuchig",
        "长孙无忌, zhangsunwuji",
        "长孙无忌, changsun",
        "万俟卨, moqi",
        "澹台灭明, tantai",
        "单于, chanyu",
        "翟天临, zhaitianlin",
        "盖聂, genie",
        "任盈盈, renyingying",
        "吕布, lvbu",
        "吕布, lubu",
        "吕布, lyubu",
        "吕布, lüb",
        "吕布, lǚ",
        "呂布, lvb",
        "女英, nyu",
        "欧阳娜娜, ouyangnana",
        "欧阳娜娜, nana",
        "欧阳娜娜, oynn",
        "张乐, zhangyue",
        "张乐, zhangle",
        "西安曲江, xi'an",
        "覃海洋, qinhai",
        "覃海洋, tanhai"
    })
    void every_reading_of_a_surname_leads_to_it(String name, String typed) {
        assertThat(finds(typed, name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "João da Silva, joao",
        "João da Silva, silv",
        "João da Silva, SILVA j",
        "Łukasz Żak, lukasz zak",
        "Müller, muller",
        "Jürgen Groß, gross",
        "O'Brien, obrien",
        "O’Brien, o'bri",
        "O'Brien, brien",
        "Jean-Luc Picard, jean luc",
        "Jean-Luc Picard, jean-luc",
        "Jean-Luc Picard, jeanluc",
        "Дмитрий Ёлкин, ёлк",
        "Дмитрий Ёлкин, елкин дми",
        "김민수, 김",
        "김민수, 김민",
        "さとう はなこ, サトウ",
        "ハナコ, はな",
        "Γιώργος, γιωργ",
        "3M, 3m",
        "Studio 54, stud 54",
        "محمد, محم",
        "İpek, ipek",
        "शर्मा, शर्मा",
        "7-Eleven, 7-eleven",
        "AT&T, at&t",
        "J.R.R. Tolkien, j.r.r. tol"
    })
    void other_names_are_found_by_the_beginnings_of_their_words(String name, String typed) {
        assertThat(finds(typed, name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zhang.wei88@例子.中国",
                "Zhang.Wei88@xn--fsqu00a.xn--fiqs8s",
                "zhang.wei88@",
                "zhang.wei88",
                "zhang",
                "wei8",
                "wei88",
                "@例子.中国",
                "zhang.wei88@例"
            })
    void an_email_is_found_whole_by_its_words_and_by_its_domain(String typed) {
        var address = (Emails.Address) Emails.normalise("Zhang.Wei88@例子.中国");
        var tokens =
                SearchTokens.of("x", null, null, List.of(address.text()), List.of(), List.of());
        assertThat(matches(typed, tokens)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8000",
                "38000",
                "13800138000",
                "138 0013 8000",
                "138-0013-8000",
                "+86 138 0013 8000",
                "8613800138000",
                "008613800138000",
                "(0)13800138000",
                "00138000",
                "800138000"
            })
    void a_phone_is_found_by_its_last_digits_however_written(String typed) {
        var phones = List.of("+8613800138000");
        var tokens = SearchTokens.of("x", null, null, List.of(), phones, List.of());
        assertThat(matches(typed.replace("(0)", "0"), tokens)).isTrue();
        assertThat(matches("800", tokens)).isFalse();
        assertThat(matches("1380", tokens)).isFalse();
        assertThat(matches("13900138000", tokens)).isFalse();
    }

    @Test
    void a_landline_is_found_as_it_is_dialled_at_home() {
        var phones = List.of("+861065529988");
        var tokens = SearchTokens.of("x", null, null, List.of(), phones, List.of());
        assertThat(matches("(010) 6552-9988", tokens)).isTrue();
        assertThat(matches("6552 9988", tokens)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "A-10023, a-10023", "A-10023, A10023", "00042, 00042", "00042, cdnow:00042",
                "vip card 7, vip card 7",
        "AbC, abc", "客户七, 客户七", "x:y, cdnow:x:y", "---, cdnow:---", "user_1@shop, user_1@shop",
        "2f1e, CDNOW:2F1E", "6222000000001234, 6222000000001234",
                "6222000000001234, cdnow:6222000000001234"
    })
    void a_foreign_id_is_found_whole_in_any_case(String id, String typed) {
        var foreign = List.of(new SearchTokens.Foreign("cdnow", id));
        var tokens = SearchTokens.of("", null, null, List.of(), List.of(), foreign);
        assertThat(matches(typed, tokens)).isTrue();
        assertThat(matches("0002", tokens)).isFalse();
    }

    @Test
    void characters_beyond_the_basic_plane_are_found_and_never_cut_in_half() {
        assertThat(finds("𠀀", "𠀀𠮷明")).isTrue();
        assertThat(finds("𠮷明", "𠀀𠮷明")).isTrue();
        assertThat(tokens("𠀀𠮷明")).allSatisfy(SearchTest::isWholeText);
        assertThat(tokens("𐐨𐐩𐐪")).allSatisfy(SearchTest::isWholeText);
    }

    @Test
    void a_typical_chinese_customer_has_few_tokens() {
        var tokens =
                SearchTokens.of(
                        "张伟",
                        null,
                        null,
                        List.of("zhangwei@example.com"),
                        List.of("+8613800138000"),
                        List.of());
        assertThat(tokens).hasSizeBetween(20, 40).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void too_many_tokens_lose_the_rarer_spellings_and_never_the_characters() {
        var company = "深圳市腾讯计算机系统有限公司北京朝阳重庆长乐分公司";
        var phones = List.of("+8613800138000", "+8613800138001", "+8613800138002");
        var tokens = SearchTokens.of(company, null, null, List.of(), phones, List.of());
        assertThat(tokens.size()).isLessThanOrEqualTo(SearchTokens.TOKENS_MAX);
        assertThat(matches("腾讯", tokens) && matches("分公司", tokens)).isTrue();
        assertThat(matches("shenzhenshiteng", tokens) && matches("8002", tokens)).isTrue();
    }

    @Test
    void what_cannot_be_searched_for_is_refused_with_the_reason() {
        assertThat(SearchQuery.parse("  \u3000")).isEqualTo(SearchQuery.Refusal.BLANK);
        assertThat(SearchQuery.parse("?! …")).isEqualTo(SearchQuery.Refusal.NOTHING_SEARCHABLE);
        assertThat(SearchQuery.parse("x".repeat(201))).isEqualTo(SearchQuery.Refusal.TOO_LONG);
        assertThat(SearchQuery.parse("a b c d e f g h i j k l m n o p q"))
                .isEqualTo(SearchQuery.Refusal.TOO_MANY_WORDS);
    }

    static boolean finds(String typed, String name) {
        return matches(typed, tokens(name));
    }

    static boolean matches(String typed, Collection<String> tokens) {
        return SearchQuery.parse(typed) instanceof SearchQuery.All all
                && tokens.containsAll(all.tokens())
                && all.endings().stream()
                        .allMatch(number -> tokens.stream().anyMatch(t -> t.endsWith(number)));
    }

    static List<String> tokens(String name) {
        return tokens(name, null);
    }

    static List<String> tokens(String name, @Nullable String givenName) {
        return SearchTokens.of(name, givenName, null, List.of(), List.of(), List.of());
    }

    private static void isWholeText(String token) {
        assertThat(token.codePoints()).noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
    }
}
