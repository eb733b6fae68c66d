/** Where the provider, or the person, has said no. */
export function Refused({ onSignIn }: { readonly onSignIn: () => void }) {
  return (
    <main className="refused">
      <h1>You have not been signed in</h1>
      <button type="button" onClick={onSignIn}>
        Try again
      </button>
    </main>
  );
}
