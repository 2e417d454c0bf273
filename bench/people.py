#!/usr/bin/env python3
"""Writes believable customers as NDJSON for POST /customers/external/{source}, or what to seek.

    people.py customers FROM TO     one customer per line, the same ones every time
    people.py queries COUNT SEED    as many different searches, one per line: kind, tab, text
"""
import json
import random
import sys

# Shares in percent of the most frequent surnames in mainland China; the rest shares what is left.
SURNAMES = """王7.1 李7.0 张6.7 刘5.4 陈4.5 杨3.1 黄2.3 赵2.1 吴2.0 周1.9 徐1.5 孙1.5 马1.3 朱1.3 胡1.3
郭1.1 何1.1 林1.1 高1.0 罗1.0 郑0.9 梁0.9 谢0.8 宋0.8 唐0.7 许0.7 邓0.6 冯0.6 韩0.6 曹0.6 曾0.6 彭0.6 萧0.5
蔡0.5 潘0.5 田0.5 董0.5 袁0.5 于0.5 余0.4 叶0.4 蒋0.4 杜0.4 苏0.4 魏0.4 程0.4 吕0.4 丁0.4 沈0.4 任0.4 姚0.4
卢0.4 傅0.4 钟0.4 姜0.4 崔0.4 谭0.4 廖0.3 范0.3 汪0.3 陆0.3 金0.3 石0.3 戴0.3 贾0.3 韦0.3 夏0.3 邱0.3 方0.3
侯0.3 邹0.3 熊0.3 孟0.3 秦0.3 白0.3 江0.3 阎0.3 薛0.3 尹0.3 段0.2 雷0.2 黎0.2 史0.2 龙0.2 陶0.2 贺0.2 顾0.2
毛0.2 郝0.2 龚0.2 邵0.2 万0.2 钱0.2 严0.2 覃0.2 武0.2 戴0.2 莫0.2 孔0.2 汤0.2 欧阳0.1 司马0.05 诸葛0.05""".split()
GIVEN = ("伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉玲红丹萍鹏华建国志海永春梅雪飞宇浩然子轩"
         "欣怡梓涵佳琪俊晨阳博思远一诺诗雨嘉豪天佑若曦梦瑶晓燕丽华玉珍淑贞长江东升学友家辉德华润发星驰")
FORENAMES = ("Ana Ben Carla David Elena Finn Grace Hugo Ines Jonas Karla Liam Mia Noah Olivia Paul "
             "Quentin Rosa Sam Tara Uwe Vera Wim Xenia Yara Zoe").split()
LASTNAMES = ("Horvat Smith Garcia Novak Kim Tanaka Silva Rossi Dubois Jansen Kowalski Ivanova Nguyen "
             "Müller Andersson Costa O'Brien Lopez Fischer Haddad").split()
WEIGHTED = [(s.rstrip("0123456789."), float(s.lstrip("".join(c for c in s if not c.isdigit() and c != "."))))
            for s in SURNAMES]
NAMES = [name for name, _ in WEIGHTED]
SHARES = [share for _, share in WEIGHTED]
MOBILE = "130 131 135 136 138 139 150 151 158 159 176 180 186 188 189".split()


def customer(number):
    chance = random.Random(number)
    if chance.random() < 0.8:
        given = "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2))))
        name = chance.choices(NAMES, SHARES)[0] + given
    else:
        name = chance.choice(FORENAMES) + " " + chance.choice(LASTNAMES)
    line = {"id": str(number), "name": name,
            "phones": [{"value": "+86" + chance.choice(MOBILE) + "%08d" % chance.randrange(10**8)}]}
    if chance.random() < 0.5:
        line["emails"] = [{"value": "user%d@example.com" % number}]
    if chance.random() < 0.1:
        line["tags"] = ["vip"]
    return json.dumps(line, ensure_ascii=False)


PINYIN = ("wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie "
          "song tang deng feng han cao zeng peng cai pan tian dong yuan yu ye jiang du su wei cheng lv ding shen "
          "ren yao lu fu zhong cui tan liao fan wang jin shi dai jia xia qiu fang hou zou xiong meng qin bai").split()
SYLLABLES = "wei fang na xiu ying min jing li qiang lei jun yang yong yan jie juan tao ming chao lan xia ping".split()
LETTERS = "bcdfghjklmnpqrstwxyz"


def queries(count, seed):
    chance = random.Random(seed)
    makers = {
        "surname": lambda: chance.choice([n for n in NAMES if len(n) == 1]),
        "pinyin prefix": lambda: (chance.choice(PINYIN) + chance.choice(SYLLABLES))[:chance.randint(2, 9)],
        "initials": lambda: "".join(chance.choices(LETTERS, k=chance.choice((2, 2, 3)))),
        "four digits": lambda: "%04d" % chance.randrange(10000),
    }
    found, kinds = {}, list(makers)
    turn = 0
    while len(found) < count:
        kind = kinds[turn % len(kinds)]
        turn += 1
        # There are some 90 surnames of one character; when they are used up the other kinds go on.
        found.setdefault((kind, makers[kind]()), None)
    for kind, text in found:
        print(kind + "\t" + text)


if __name__ == "__main__":
    if sys.argv[1] == "customers":
        for n in range(int(sys.argv[2]), int(sys.argv[3])):
            print(customer(n))
    else:
        queries(int(sys.argv[2]), int(sys.argv[3]))
