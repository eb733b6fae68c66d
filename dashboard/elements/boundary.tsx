import { Component, type ReactNode } from "react";

interface Props {
  /** Shown once what stands in the boundary could not be. */
  readonly fallback: ReactNode;
  readonly children: ReactNode;
}

/** Keeps a screen that cannot be shown, or loaded, from leaving an empty page. React asks for a class here. */
export class Boundary extends Component<Props, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    return this.state.hasFailed ? this.props.fallback : this.props.children;
  }
}
