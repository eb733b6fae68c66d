/** Common names that go together. All persons made of them are fictional. */
export interface NameList {
  /** How often the list is drawn from, beside the others. */
  readonly weight: number;
  readonly girls: readonly string[];
  readonly boys: readonly string[];
  /** Family names; a prefix stands before a bar: `van der|Berg`. */
  readonly families: readonly string[];
}

const words = (text: string): string[] => text.trim().split(/\s+/);
const phrases = (text: string): string[] => text.trim().split(/\s*,\s*/);

export const NAME_LISTS: readonly NameList[] = [
  {
    weight: 46,
    girls: words(`Emma Julia Mila Tess Sophie Zoë Sara Nora Yara Eva Liv Lotte Anna Evi Saar Lauren Elin Maud Fenna
      Noor Fleur Olivia Milou Roos Isa Loïs Elise Chloë Suus Jasmijn Fien Lieke Renée Anne-Fleur Sanne Veerle`),
    boys: words(`Noah Luca Lucas Finn Levi Sem Daan Milan James Noud Bram Mees Liam Sam Benjamin Max Thijs Jens
      Hugo Jesse Boaz Gijs Julian Ruben Teun Siem Guus Floris Cas Tijn Jort Björn André Jan-Willem Pepijn Stijn`),
    families: phrases(`de|Jong, Jansen, de|Vries, van den|Berg, van|Dijk, Bakker, Janssen, Visser, Smit, Meijer,
      de|Boer, Mulder, de|Groot, Bos, Vos, Peters, Hendriks, van|Leeuwen, Dekker, Brouwer, de|Wit, Dijkstra, Smits,
      de|Graaf, van der|Meer, van der|Linden, Kok, Jacobs, de|Haan, Vermeulen, van den|Heuvel, van der|Veen,
      van den|Broek, de|Bruijn, Schouten, van|Beek, Willems, van|Vliet, van de|Ven, Hoekstra, Maas, Verhoeven,
      Koster, van|Dam, Prins, Blom, Huisman, Peeters, de|Jonge, Kuipers, van|Veen, Postma, Veenstra, Kramer,
      van den|Brink, Scholten, van|Wijk, Post, Martens, Kuijpers, van 't|Hof, in 't|Veld, ten|Brinke, ter|Horst,
      van der|Heijden, op den|Camp, 's-Gravendijk, Jansen-de Groot, Bakker-van Dijk, de Wit-Peters, Knuvelder, Coördes`),
  },
  {
    weight: 7,
    girls: words("Fardau Jikke Nynke Femke Hylke-Anna Sjoukje Tjitske Maaike Ymkje Sytske"),
    boys: words("Sjoerd Wiebe Hidde Jelle Tjeerd Sietse Douwe Fedde Rienk Ids"),
    families: phrases(`Hoekstra, Dijkstra, Wiersma, van der|Wal, Bijlsma, Terpstra, Boersma, Hiemstra, Sikkema,
      van der|Ploeg, Ypma, Ûlesma, Frânsma`),
  },
  {
    weight: 11,
    girls: words("Elif Zeynep Defne Azra Nisa Ecrin Meryem Beyza Gülşen İpek Ayşe Tuğçe"),
    boys: words("Yusuf Emir Ömer Mustafa Eymen Kerem Çağan Emre Berat Hüseyin İsmail Barış"),
    families: phrases(`Yılmaz, Kaya, Demir, Çelik, Şahin, Yıldız, Öztürk, Aydın, Özdemir, Arslan, Doğan, Kılıç,
      Çetin, Koç, Güneş`),
  },
  {
    weight: 11,
    girls: words("Nour Amira Safiya Yasmine Aya Malak Inès Hafsa Imane Salma Dounia Lina"),
    boys: words("Mohammed Adam Ilyas Zakaria Ayoub Imran Bilal Anass Yassin Rayan Hamza Souhail"),
    families: phrases(`el|Amrani, Ben Ali, Bouzid, el|Idrissi, Aït Haddou, Benali, Azzouzi, Bakkali, el|Khattabi,
      Boukhari, Chaïb, Ouali, Tahiri, Zerouali`),
  },
  {
    weight: 7,
    girls: words("Zofia Maja Hanna Łucja Małgorzata Aleksandra Oliwia Zuzanna Jagoda"),
    boys: words("Jakub Szymon Antoni Michał Wojciech Stanisław Paweł Kacper Błażej"),
    families: phrases(`Nowak, Kowalski, Wiśniewski, Wójcik, Kamiński, Lewandowski, Zieliński, Szymański, Woźniak,
      Dąbrowski, Łuczak, Mazur`),
  },
  {
    weight: 8,
    girls: words("Jaylinn Shanaya Kiara Naomi Rosalie Priya Anjali Chantal Genève"),
    boys: words("Jayden Djairo Shaquille Ravi Kishan Giovanni Quincy Delano Revelino"),
    families: phrases(`Pinas, Ramdin, Jagesar, Bihari, Wijngaarde, Kromosoeto, Tjon A Fat, Lie A Ling, Vreugde,
      Mangal, Sewnath, Amatdjais, de|Randamie`),
  },
  {
    weight: 4,
    girls: words("Xin Meiling Yuxi Jia Lan"),
    boys: words("Wei Hao Jun Zihan Ming"),
    families: phrases("Chen, Wang, Li, Zhang, Liu, Lin, Cheung, Wong, Ng, Lü"),
  },
  {
    weight: 4,
    girls: words("Sham Rimas Layan Selam Feven Oleksandra Sofiia"),
    boys: words("Omar Khaled Yazan Filmon Nahom Danylo Matvij"),
    families: phrases("al|Hassan, al|Masri, Haddad, Khoury, Tesfay, Gebremedhin, Kovalenko, Shevchuk, Bondarenko"),
  },
  {
    weight: 2,
    girls: words("Jördis Frieda Måna Solveig Aoife"),
    boys: words("Jürgen Søren Håkon Lars Séamus"),
    families: phrases("Groß, Müller, Strauß, Sørensen, Ødegård, Ó Briain, von|Thüringen, d'|Ancona, da|Silva"),
  },
];
