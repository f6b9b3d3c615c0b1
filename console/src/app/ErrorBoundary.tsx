/**
 * The last net under a page: a chunk that did not load, or a bug. It shows what happened and starts over by a reload,
 * since after a new version is served the old chunks are gone.
 */
import { Component, type ReactNode } from "react";
import { ErrorState } from "../ui/States";

interface State {
  error: Error | null;
}

export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: Error): State {
    return { error };
  }

  override render() {
    if (!this.state.error) return this.props.children;
    return <main><ErrorState error={this.state.error} onRetry={() => location.reload()} /></main>;
  }
}
