import { Button, PasswordInput, SegmentedControl, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { authorization, signInWithPassword, signInWithToken } from "../api/session";
import styles from "./SignIn.module.css";

/** Asks who the user is, after the server refused to answer a stranger. */
export function SignIn() {
  const client = useQueryClient();
  const [way, setWay] = useState<"token" | "user">("token");
  const [token, setToken] = useState("");
  const [user, setUser] = useState("");
  const [password, setPassword] = useState("");
  const refused = authorization() !== null;
  const complete = way === "token" ? token.trim() !== "" : user !== "" && password !== "";

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (way === "token") signInWithToken(token);
    else signInWithPassword(user, password);
    void client.resetQueries();
  };

  return (
    <form className={styles["form"]} onSubmit={submit} aria-labelledby="sign-in">
      <h1 id="sign-in">Sign in</h1>
      <p className={styles["text"]}>This server answers only to users that it knows.</p>
      {refused && (
        <p className={styles["refused"]} role="alert">
          The server did not accept that. Check it and try again.
        </p>
      )}
      <SegmentedControl
        fullWidth
        size="xs"
        value={way}
        onChange={(value) => setWay(value as "token" | "user")}
        data={[
          { value: "token", label: "Token" },
          { value: "user", label: "User and password" },
        ]}
      />
      {way === "token" ? (
        <PasswordInput
          label="Token"
          description="As in the server's configuration under server.auth"
          autoComplete="off"
          value={token}
          onChange={(event) => setToken(event.currentTarget.value)}
        />
      ) : (
        <>
          <TextInput
            label="User"
            autoComplete="username"
            value={user}
            onChange={(event) => setUser(event.currentTarget.value)}
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        </>
      )}
      <Button type="submit" disabled={!complete}>
        Sign in
      </Button>
      <p className={styles["text"]}>Kept until this browser tab is closed.</p>
    </form>
  );
}
