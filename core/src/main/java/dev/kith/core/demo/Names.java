package dev.kith.core.demo;

import java.util.List;
import java.util.random.RandomGenerator;

/** Common Chinese and English names, put together at random: nobody in particular. */
final class Names {

    record Name(String given, String family, String latin) {}

    private record Sign(String text, String latin) {}

    private static final List<Sign> SURNAMES =
            signs(
                    "王 wang 李 li 张 zhang 刘 liu 陈 chen 杨 yang 黄 huang 赵 zhao 吴 wu 周 zhou 徐 xu"
                            + " 孙 sun 马 ma 朱 zhu 胡 hu 郭 guo 何 he 林 lin 高 gao 罗 luo 郑 zheng"
                            + " 梁 liang 谢 xie 宋 song 唐 tang 许 xu 韩 han 邓 deng 冯 feng 曹 cao"
                            + " 彭 peng 曾 zeng 肖 xiao 田 tian 董 dong 潘 pan 袁 yuan 蔡 cai 蒋 jiang"
                            + " 余 yu 欧阳 ouyang 诸葛 zhuge");
    private static final List<Sign> GIVEN =
            signs(
                    "伟 wei 芳 fang 娜 na 敏 min 静 jing 丽 li 强 qiang 磊 lei 军 jun 洋 yang 勇 yong"
                            + " 艳 yan 杰 jie 娟 juan 涛 tao 明 ming 超 chao 秀 xiu 霞 xia 平 ping"
                            + " 刚 gang 桂 gui 英 ying 华 hua 玉 yu 兰 lan 飞 fei 宇 yu 欣 xin 怡 yi"
                            + " 浩 hao 然 ran 梓 zi 涵 han 子 zi 轩 xuan 思 si 雨 yu 晨 chen 佳 jia"
                            + " 琪 qi 文 wen 博 bo 睿 rui 诗 shi 嘉 jia 婷 ting");
    private static final List<String> ENGLISH =
            List.of(
                    "Alice",
                    "Amelia",
                    "Ben",
                    "Charlotte",
                    "Daniel",
                    "Emily",
                    "Ethan",
                    "Fiona",
                    "Grace",
                    "Hannah",
                    "Henry",
                    "Isla",
                    "Jack",
                    "James",
                    "Jessica",
                    "Kate",
                    "Leo",
                    "Lily",
                    "Liam",
                    "Lucy",
                    "Max",
                    "Mia",
                    "Nora",
                    "Oliver",
                    "Olivia",
                    "Oscar",
                    "Peter",
                    "Rachel",
                    "Rose",
                    "Ruby",
                    "Sam",
                    "Sophie",
                    "Thomas",
                    "Victoria",
                    "William",
                    "Zoe");
    private static final List<String> ENGLISH_FAMILIES =
            List.of(
                    "Adams", "Bailey", "Baker", "Bennett", "Brown", "Carter", "Clark", "Cook",
                    "Cooper", "Davies", "Edwards", "Evans", "Fisher", "Green", "Hall", "Harris",
                    "Hughes", "Jones", "King", "Lewis", "Martin", "Miller", "Moore", "Murphy",
                    "Parker", "Roberts", "Scott", "Smith", "Taylor", "Turner", "Walker", "Ward",
                    "White", "Wilson", "Wood", "Young");

    private Names() {}

    private static List<Sign> signs(String pairs) {
        var words = pairs.split(" ", -1);
        return java.util.stream.IntStream.range(0, words.length / 2)
                .mapToObj(i -> new Sign(words[2 * i], words[2 * i + 1]))
                .toList();
    }

    static Name chinese(RandomGenerator random) {
        // The first surnames of the list are by far the most frequent ones.
        var rank = (int) (SURNAMES.size() * Math.pow(random.nextDouble(), 2));
        var family = SURNAMES.get(rank);
        var first = any(GIVEN, random);
        if (random.nextInt(3) == 0) {
            return new Name(first.text(), family.text(), first.latin() + "." + family.latin());
        }
        var second = any(GIVEN, random);
        return new Name(
                first.text() + second.text(),
                family.text(),
                first.latin() + second.latin() + "." + family.latin());
    }

    static Name english(RandomGenerator random) {
        var given = any(ENGLISH, random);
        var family = any(ENGLISH_FAMILIES, random);
        var latin = (given + "." + family).toLowerCase(java.util.Locale.ROOT);
        return new Name(given, family, latin);
    }

    static <T> T any(List<T> of, RandomGenerator random) {
        return of.get(random.nextInt(of.size()));
    }
}
