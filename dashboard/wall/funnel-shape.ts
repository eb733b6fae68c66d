/** Measures of a band and of the slope to the next, in the picture's own units; its width is a hundred. */
const band = 3;
const slope = 1.5;

export interface FunnelShape {
  readonly height: number;
  /** Where each band begins from above, and how wide it is. */
  readonly bands: readonly { readonly top: number; readonly width: number }[];
  readonly bandHeight: number;
  /** The slopes between one band and the next, as points of a polygon. */
  readonly slopes: readonly string[];
}

/**
 * A funnel: a band for each count, as wide as its share of the first, and between two what is lost.
 * @param counts null is fewer than five, drawn as none.
 */
export function funnelShape(counts: readonly (number | null)[]): FunnelShape {
  const whole = counts[0] || 1;
  const bands = counts.map((count, at) => ({
    top: at * (band + slope),
    width: Math.min(100, ((count ?? 0) / whole) * 100),
  }));
  const slopes = bands.slice(1).map(({ top, width }, at) => {
    const above = bands[at]?.width ?? 0;
    return `0,${top - slope} ${above},${top - slope} ${width},${top} 0,${top}`;
  });
  return { height: counts.length * (band + slope) - slope, bands, bandHeight: band, slopes };
}
