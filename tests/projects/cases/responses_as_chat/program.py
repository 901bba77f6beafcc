from openai import OpenAI

client = OpenAI(max_retries=0)


def ask(question):
    reply = client.responses.create(
        model="gpt-4o-mini", instructions="Be brief.", input=f"Answer this: {question}", max_output_tokens=2000
    )
    return reply.output_text


print("answer:", ask("Who are you?"))
again = client.responses.create(model="gpt-4o-mini", input=[{"role": "user", "content": "Say hello"}], store=False)
print("again:", again.output_text.strip())
