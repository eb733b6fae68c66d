/**
 * The most that one list gives. What a shelter guides, and what a school has circles and talks of, is a few dozen at a time
 * and goes four weeks after the end of guidance: a list is a screenful and not an archive. So these lists have no pages,
 * and this bound stands for what is past all measure.
 */
export const mostListed = 500;
